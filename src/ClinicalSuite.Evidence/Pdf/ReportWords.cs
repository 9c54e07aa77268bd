namespace ClinicalSuite.Evidence.Pdf;

/// <summary>The fixed words of a report in one language.</summary>
internal sealed record ReportWords
{
    /// <summary>The line that every document carries, in this wording.</summary>
    public const string ResearchUse = "research use; not clinically validated";

    public static readonly ReportWords English = new();

    public static readonly ReportWords Chinese = new()
    {
        Report = "影像测量报告",
        Research = "仅供研究使用；未经临床验证",
        Synthetic = "合成数据：图像由模拟器生成，不来自任何患者。",
        Unidentified = "患者身份未确认：来源图像没有患者编号。核对前请勿归入任何病历。",
        Contradictory = "患者身份矛盾：本检查的对象含有不同的患者编号。核对前请勿归入任何病历。",
        MissingGlyphs = "本报告以编码（U+…）代替没有字体的字符",
        Patient = "患者",
        PatientId = "患者编号",
        BirthDate = "出生日期",
        Sex = "性别",
        Male = "男",
        Female = "女",
        OtherSex = "其他",
        Study = "检查",
        StudyDate = "检查时间",
        Accession = "检查号",
        Referrer = "申请医师",
        Measurement = "测量项目",
        Value = "数值",
        Unit = "单位",
        Uncertainty = "标准不确定度",
        Method = "方法",
        Measurements = "测量结果",
        General = "总体",
        Assessments = "评估",
        Interval = "95% 置信区间",
        Probability = "概率",
        Contributions = "主要依据",
        Quality = "质量说明",
        Warning = "警告",
        Note = "提示",
        NoQualityNotes = "无需要说明的质量问题。",
        Given = "外部提供的分割",
        NotAssessable = "无法评估",
        NotAssessableMeaning = "本次分析没有给出任何数值。这不表示检查结果正常。",
        Reason = "原因",
        Cause = "实测依据",
        Provenance = "分析信息",
        Analysis = "分析",
        Algorithm = "算法",
        Run = "运行编号",
        Time = "分析时间",
        Replaces = "替代运行",
        Device = "设备",
        Source = "来源序列",
        Slices = "层",
        Parameters = "参数",
        Version = "版本",
        Missing = "无法测得",
        YearsOld = "岁",
        MonthsOld = "个月",
        WeeksOld = "周",
        DaysOld = "天",
        Page = "第 {0} 页，共 {1} 页",
    };

    public string Report { get; init; } = "Imaging measurement report";

    public string Research { get; init; } = ResearchUse;

    public string Synthetic { get; init; } = "Synthetic data: the images were made by a simulator and are of no patient.";

    public string Unidentified { get; init; } =
        "Patient not identified: the source images carry no patient ID. Do not file under any patient before it is reconciled.";

    public string Contradictory { get; init; } =
        "Patient uncertain: objects of this study name different patients. Do not file under any patient before it is reconciled.";

    public string MissingGlyphs { get; init; } = "Characters for which no font is installed are shown by their code (U+...)";

    public string Patient { get; init; } = "Patient";

    public string PatientId { get; init; } = "Patient ID";

    public string BirthDate { get; init; } = "Born";

    public string Sex { get; init; } = "Sex";

    public string Male { get; init; } = "male";

    public string Female { get; init; } = "female";

    public string OtherSex { get; init; } = "other";

    public string Study { get; init; } = "Study";

    public string StudyDate { get; init; } = "Date";

    public string Accession { get; init; } = "Accession";

    public string Referrer { get; init; } = "Referred by";

    public string Measurement { get; init; } = "Measurement";

    public string Value { get; init; } = "Value";

    public string Unit { get; init; } = "Unit";

    public string Uncertainty { get; init; } = "± 1 SD";

    public string Method { get; init; } = "Method";

    public string Measurements { get; init; } = "Measurements";

    public string General { get; init; } = "General";

    public string Assessments { get; init; } = "Assessments";

    public string Interval { get; init; } = "95% confidence interval";

    public string Probability { get; init; } = "probability";

    public string Contributions { get; init; } = "main contributions";

    public string Quality { get; init; } = "Quality notes";

    public string Warning { get; init; } = "Warning";

    public string Note { get; init; } = "Note";

    public string NoQualityNotes { get; init; } = "Nothing to note.";

    public string Given { get; init; } = "Segments from outside";

    public string NotAssessable { get; init; } = "Not assessable";

    public string NotAssessableMeaning { get; init; } =
        "This analysis states no numbers for this study. That does not mean that the study is normal.";

    public string Reason { get; init; } = "Reason";

    public string Cause { get; init; } = "Measured cause";

    public string Provenance { get; init; } = "How it was made";

    public string Analysis { get; init; } = "Analysis";

    public string Algorithm { get; init; } = "Algorithm";

    public string Run { get; init; } = "Run";

    public string Time { get; init; } = "Analysed";

    public string Replaces { get; init; } = "Replaces run";

    public string Device { get; init; } = "Device";

    public string Source { get; init; } = "Source series";

    public string Slices { get; init; } = "slices";

    public string Parameters { get; init; } = "Parameters";

    public string Version { get; init; } = "version";

    public string Missing { get; init; } = "not assessable";

    public string YearsOld { get; init; } = "years";

    public string MonthsOld { get; init; } = "months";

    public string WeeksOld { get; init; } = "weeks";

    public string DaysOld { get; init; } = "days";

    /// <summary>{0} of {1}.</summary>
    public string Page { get; init; } = "Page {0} of {1}";

    public static ReportWords In(DocumentLanguage language) => language == DocumentLanguage.Chinese ? Chinese : English;
}
