using ClinicalSuite.Dicom;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence.Volumes;

/// <summary>
/// Reads what a study can do without: an attribute that cannot be read is absent, and noted once. What cannot be done without is read
/// without this, and refuses the file.
/// </summary>
internal sealed class OptionalAttributes
{
    private readonly SortedDictionary<uint, QualityNote> _notes = [];

    public IEnumerable<QualityNote> Notes => _notes.Values;

    public double? Number(DicomDataset header, DicomTag tag) =>
        Read(tag, () => header.TryGetDouble(tag, out var value) && double.IsFinite(value) ? value : (double?)null, null);

    public int? WholeNumber(DicomDataset header, DicomTag tag) =>
        Read(tag, () => header.TryGetInt(tag, out var value) ? value : (int?)null, null);

    public string Text(DicomDataset header, DicomTag tag) => Read(tag, () => header.GetStringOrEmpty(tag), "");

    public IReadOnlyList<DicomDataset> Items(DicomDataset header, DicomTag tag) => Read(tag, () => header.GetSequence(tag), []);

    private T Read<T>(DicomTag tag, Func<T> read, T absent)
    {
        try
        {
            return read();
        }
        catch (DicomFormatException problem)
        {
            _notes.TryAdd(tag.Value, CopiedAttributes.Note(tag, problem.Reason));
            return absent;
        }
    }
}
