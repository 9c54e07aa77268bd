namespace ClinicalSuite.Dicom.Conformance;

/// <summary>The object, what was found in it so far, and which of its attributes a module has asked for.</summary>
internal sealed class ObjectUnderCheck(DicomDataset dataset, DicomDataset meta, DicomTransferSyntax? syntax)
{
    private readonly List<ConformanceFinding> findings = [];
    private readonly HashSet<(DicomDataset Item, DicomTag Tag)> known = [];

    public DicomDataset Dataset => dataset;

    /// <summary>Group 0002; empty for an object that came without it.</summary>
    public DicomDataset Meta => meta;

    /// <summary>Of the file; null for a data set alone.</summary>
    public DicomTransferSyntax? Syntax => syntax;

    /// <summary>The VRs were written in the object, not taken from the dictionary.</summary>
    public bool IsExplicit => syntax?.IsExplicitVR ?? true;

    public IReadOnlyList<ConformanceFinding> Findings => findings;

    /// <summary>Conditions and rules ask for group 0002 as if it were part of the data set.</summary>
    public DicomDataset Holder(DicomDataset item, DicomTag tag) => tag.Group == 2 && item.Parent is null ? meta : item;

    public void Know(DicomDataset item, DicomTag tag) => known.Add((item, tag));

    public bool IsKnown(DicomDataset item, DicomTag tag) => known.Contains((item, tag));

    public void Error(DicomDataset item, DicomTag tag, string module, string reason) =>
        Add(ConformanceSeverity.Error, item, tag, module, reason);

    public void Warn(DicomDataset item, DicomTag tag, string module, string reason) =>
        Add(ConformanceSeverity.Warning, item, tag, module, reason);

    public void Add(ConformanceSeverity severity, DicomDataset item, DicomTag tag, string module, string reason) =>
        Add(new ConformanceFinding(severity, item.PathOf(tag), DicomDictionary.KeywordOf(tag), module, reason));

    public void Add(ConformanceFinding finding) => findings.Add(finding);
}
