namespace ClinicalSuite.Dicom.IO;

/// <summary>What was tolerated while reading, in words, at most a hundred of them.</summary>
internal sealed class ReadRemarks
{
    private const int Most = 100;

    private readonly List<string> remarks = [];

    public IReadOnlyList<string> All => remarks;

    /// <summary>Adds a remark on an element while there is room; its words are made only then.</summary>
    public void Add(DicomDataset dataset, DicomTag tag, long offset, string what)
    {
        if (remarks.Count < Most)
        {
            remarks.Add($"{dataset.PathOf(tag)} at offset {offset}: {what}");
        }
        else if (remarks.Count == Most)
        {
            remarks.Add("and more");
        }
    }

    /// <summary>Adds a remark on the file as a whole.</summary>
    public void Add(string remark) => remarks.Add(remark);
}
