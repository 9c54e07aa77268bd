using System.Collections.Frozen;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Pdf;

/// <summary>
/// Names of measurements, structures and reasons as a reader expects them. Keyed by the stable name of a measurement or figure, or by
/// the code; what the table does not have is shown in the English of its code, never left out.
/// </summary>
public static class ReportTerms
{
    internal static string Of(Code code, DocumentLanguage language) => Find(code.Value, language) ?? code.Meaning;

    internal static string Segment(Segment segment, DocumentLanguage language) =>
        language == DocumentLanguage.English ? segment.Label : Find(segment.Type.Value, language) ?? Label(segment.Label, language);

    /// <summary>A free English label, e.g. of an overlay.</summary>
    public static string Label(string label, DocumentLanguage language) => Find(label, language) ?? label;

    /// <summary>The figure with title and labels in a language, for whatever draws it.</summary>
    internal static Figure Localized(Figure figure, DocumentLanguage language) => figure with
    {
        Title = Find(figure.Name, language) ?? figure.Title,
        Overlays = [.. figure.Overlays.Select(overlay => overlay with { Label = Label(overlay.Label, language) })],
        Curves = [.. figure.Curves.Select(curve => curve with { Label = Label(curve.Label, language) })],
    };

    internal static string Assessment(Assessment assessment, DocumentLanguage language) =>
        Find(assessment.Name, language) ?? Of(assessment.Concept, language);

    /// <summary>"Volume", "Attenuation (mean)": concept, derivation, and what is left out of the structure.</summary>
    internal static string Measurement(Measurement measurement, Segment? segment, DocumentLanguage language)
    {
        if (Find(measurement.Name, language) is { } known)
        {
            return known;
        }

        var name = Of(measurement.Concept, language);
        if (measurement.Derivation is { } derivation)
        {
            name += $" ({Of(derivation, language)})";
        }

        return measurement.OfWholeSegment || segment is not { Includes.Count: > 0, ExclusiveLabel: { } part }
            ? name
            : $"{name}, {Label(part, language)}";
    }

    /// <summary>A unit as it is printed: cm³ for cm3, HU for [hnsf'U], nothing for 1.</summary>
    internal static string Unit(Code unit) => unit.Value switch
    {
        "1" => "",
        "[hnsf'U]" => "HU",
        "um" => "µm",
        "um2/s" => "µm²/s",
        "deg" => "°",
        "Cel" => "°C",
        "mm[Hg]" => "mmHg",
        "[arb'U]" => "a.u.",
        ['{', ..] => unit.Meaning,
        _ => unit.Value.Replace("mm2", "mm²", StringComparison.Ordinal)
            .Replace("cm2", "cm²", StringComparison.Ordinal)
            .Replace("mm3", "mm³", StringComparison.Ordinal)
            .Replace("cm3", "cm³", StringComparison.Ordinal),
    };

    /// <summary>What is known by a stable name, label or code value; null when the table does not have it.</summary>
    public static string? Find(string key, DocumentLanguage language) =>
        (language == DocumentLanguage.Chinese ? Chinese : English).GetValueOrDefault(key);

    private static readonly FrozenDictionary<string, string> English = new Dictionary<string, string>
    {
        ["liver-volume"] = "Volume",
        ["vessel-volume"] = "Volume",
        ["vessel-volume-ratio"] = "Share of the liver volume",
        ["parenchyma-attenuation"] = "Attenuation without vessels, mean",
        ["parenchyma-attenuation-sd"] = "Attenuation without vessels, standard deviation of voxels",
        ["vessel-attenuation"] = "Attenuation, mean",
        ["vessel-attenuation-sd"] = "Attenuation, standard deviation of voxels",
        ["373098007"] = "mean",
        ["373099004"] = "median",
        ["386136009"] = "standard deviation",
        ["112031"] = "Attenuation",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Chinese = new Dictionary<string, string>
    {
        // Measurements and figures by name.
        ["liver-volume"] = "体积",
        ["vessel-volume"] = "体积",
        ["vessel-volume-ratio"] = "占肝脏体积比例",
        ["parenchyma-attenuation"] = "CT 值（不含血管），平均",
        ["parenchyma-attenuation-sd"] = "CT 值（不含血管），体素标准差",
        ["vessel-attenuation"] = "CT 值，平均",
        ["vessel-attenuation-sd"] = "CT 值，体素标准差",
        ["vessels-mip-coronal"] = "肝脏血管，冠状位投影",

        // Labels.
        ["Liver"] = "肝脏",
        ["liver"] = "肝脏",
        ["Liver without vessels"] = "肝脏（不含血管）",
        ["Hepatic vasculature"] = "肝内血管",
        ["Centreline"] = "中心线",

        // Structures (SCT).
        ["10200004"] = "肝脏",
        ["HEP-VESSELS"] = "肝内血管（门静脉与肝静脉）",
        ["LIVER-PARENCHYMA"] = "肝实质",
        ["78961009"] = "脾脏",
        ["64033007"] = "肾脏",
        ["39607008"] = "肺",
        ["272673000"] = "骨",
        ["32764006"] = "门静脉",
        ["73931004"] = "门静脉右支",
        ["70253006"] = "门静脉左支",
        ["8993003"] = "肝静脉",
        ["272998002"] = "肝右静脉",
        ["273099000"] = "肝中静脉",
        ["273202007"] = "肝左静脉",
        ["35819009"] = "脾静脉",
        ["90771006"] = "肠系膜上静脉",
        ["76015000"] = "肝动脉",
        ["15825003"] = "主动脉",
        ["7832008"] = "腹主动脉",
        ["64131007"] = "下腔静脉",
        ["52988006"] = "病灶",
        ["113345001"] = "腹部",

        // Quantities and derivations.
        ["118565006"] = "体积",
        ["112031"] = "CT 值",
        ["118586006"] = "比值",
        ["410668003"] = "长度",
        ["42798000"] = "面积",
        ["81827009"] = "直径",
        ["397413000"] = "血管内径",
        ["122157"] = "概率",
        ["246262008"] = "评分",
        ["373098007"] = "平均",
        ["373099004"] = "中位数",
        ["386136009"] = "标准差",
        ["255605001"] = "最小值",
        ["56851009"] = "最大值",
        ["255619001"] = "总计",

        // Contrast phase.
        ["CONTRAST-PHASE"] = "增强期相",
        ["NATIVE"] = "平扫",
        ["ARTERIAL-EARLY"] = "动脉早期",
        ["ARTERIAL-LATE"] = "动脉晚期",
        ["PORTAL-VENOUS"] = "门静脉期",
        ["DELAYED"] = "延迟期",
        ["INDETERMINATE"] = "无法确定",

        // Reasons and quality notes.
        ["WRONG-MODALITY"] = "成像方式不符",
        ["WRONG-REGION"] = "检查部位不符",
        ["WRONG-PHASE"] = "增强期相不符",
        ["SLICE-GAP"] = "层面缺失或间距不均",
        ["DUPLICATE-POS"] = "同一位置有多个层面",
        ["MIXED-ORIENT"] = "层面方向不一致",
        ["MIXED-SIZE"] = "层面大小或像素间距不一致",
        ["NO-GEOMETRY"] = "缺少位置、方向或像素间距",
        ["GANTRY-TILT"] = "机架倾斜",
        ["TOO-FEW-SLICES"] = "扫描范围过小",
        ["THICK-SLICES"] = "层间距过大",
        ["WRONG-EXTENT"] = "图像尺寸不可能属于人体",
        ["DERIVED-IMAGES"] = "定位像或派生图像",
        ["NO-SEGMENT"] = "未找到目标结构",
        ["NO-CONTRAST"] = "血管内未见造影剂",
        ["LOW-CONTRAST"] = "血管对比度不足",
        ["LOW-SNR"] = "信噪比不足",
        ["LOW-RESOLUTION"] = "分辨率限制细小血管",
        ["LABEL-MISSING"] = "提供的分割不覆盖本序列",
        ["ANATOMY-CUT"] = "器官在扫描边缘被截断",
        ["OUT-OF-RANGE"] = "数值超出常见范围",
        ["GIVEN-LABEL"] = "区域由外部提供",
        ["METAL-NEAR"] = "器官内有高密度物",
        ["MOTION"] = "运动伪影",
        ["SOURCE-ATTRIBUTE"] = "来源图像的属性无法使用",
        ["IDENTITY-DIFFERS"] = "本检查的对象含有不同的患者编号",

        // Why a single value is missing (DCM).
        ["114006"] = "测量失败",
        ["114007"] = "未进行测量",
        ["114008"] = "计算失败",
        ["114009"] = "数值超出范围",
        ["114010"] = "数值未知",
        ["114011"] = "数值不确定",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
