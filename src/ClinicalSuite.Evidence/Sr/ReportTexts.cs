namespace ClinicalSuite.Evidence.Sr;

/// <summary>Free text of the report in both languages; what a code can say is coded.</summary>
internal static class ReportTexts
{
    public static string ResearchUse(DocumentLanguage language) => language == DocumentLanguage.Chinese
        ? "仅供科研使用，未经临床验证。Research use; not clinically validated."
        : "Research use; not clinically validated.";

    public static string OwnFrameOfReference(DocumentLanguage language) => language == DocumentLanguage.Chinese
        ? "原始图像没有参考坐标系UID；本结果中的UID由序列UID生成。"
        : "The images carry no Frame of Reference UID; the one in these results is derived from the SeriesInstanceUID.";

    public static string Unidentified(DocumentLanguage language) => language == DocumentLanguage.Chinese
        ? "原始图像没有患者编号：请先核对身份。"
        : "The images carry no Patient ID: reconcile the identity before use.";

    public static string ContradictoryIdentity(DocumentLanguage language) => language == DocumentLanguage.Chinese
        ? "本检查的对象含有不同的患者编号：请先核对身份。"
        : "Objects of this study name different patients: reconcile the identity before use.";

    public static string GivenSegment(DocumentLanguage language, string label, string source) =>
        language == DocumentLanguage.Chinese
            ? $"分割“{label}”由外部给定：{source}。"
            : $"Segment \"{label}\" was given from outside: {source}.";
}
