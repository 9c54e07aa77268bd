using System.Globalization;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// Pseudonyms that a site has chosen: lines of PatientID, new PatientID, new PatientName and, if wanted, the days by which
/// the patient's dates move, divided by commas. Patients who are not in it are not written.
/// </summary>
public sealed class PseudonymList
{
    private readonly Dictionary<string, (string Id, string Name, int? Days)> patients = new(StringComparer.Ordinal);

    public int Count => patients.Count;

    /// <exception cref="InvalidDataException">A line cannot be read; the message has its number and no value.</exception>
    public static PseudonymList Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var list = new PseudonymList();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
            {
                list.Add(text.Split(','), number);
            }
        }

        return list;
    }

    internal (string Id, string Name, int? Days)? Find(string patientId) =>
        patients.TryGetValue(patientId, out var found) ? found : null;

    private void Add(string[] fields, int number)
    {
        int? days = null;
        if (fields.Length is < 3 or > 4 || fields.Take(3).Any(field => field.Trim().Length == 0))
        {
            throw new InvalidDataException($"line {number}: PatientID,newPatientID,newPatientName[,days] is expected");
        }

        if (fields.Length == 4)
        {
            days = int.TryParse(fields[3], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given)
                ? given
                : throw new InvalidDataException($"line {number}: the days are no whole number");
        }

        if (fields[1].Trim().Length > 64 || fields[2].Trim().Length > 64 || fields.Any(field => field.Contains('\\', StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"line {number}: an identifier is longer than 64 characters or has a backslash");
        }

        if (!patients.TryAdd(fields[0].Trim(), (fields[1].Trim(), fields[2].Trim(), days)))
        {
            throw new InvalidDataException($"line {number}: the patient stands in an earlier line too");
        }
    }
}
