using System.Globalization;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Deidentification;

namespace ClinicalSuite.Standards.Tests.Deidentification;

/// <summary>A row of PS3.15 table E.1-1 as the committed table has it, read apart from the product.</summary>
internal sealed record ProfileRow(DicomTag Tag, string Keyword, string Basic, IReadOnlyList<string> Options)
{
    /// <summary>All rows but that of private attributes; repeating groups by their first one.</summary>
    public static IReadOnlyList<ProfileRow> All { get; } = [.. Read()];

    public string ActionOf(DeidentificationOptions option) =>
        Options[int.Log2((int)option)];

    public DicomVR Vr => DicomDictionary.TryFind(Tag, out var entry)
        ? DicomVR.Parse(entry.VR[..2])
        : Keyword.EndsWith("Sequence", StringComparison.Ordinal) ? DicomVR.SQ
        : Keyword.EndsWith("DateTime", StringComparison.Ordinal) ? DicomVR.DT
        : Keyword.StartsWith("DateOf", StringComparison.Ordinal) ? DicomVR.DA
        : DicomVR.LO;

    private static IEnumerable<ProfileRow> Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ClinicalSuite.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("the repository's root");
        }

        foreach (var line in File.ReadLines(Path.Combine(root.FullName, "tools/DictionaryGenerator/confidentiality.tsv")))
        {
            var fields = line.Split('\t');
            if (line[0] == '#' || fields[0][0] == 'g')
            {
                continue;
            }

            var digits = fields[0].Replace("50xx,xxxx", "5000,3000", StringComparison.Ordinal).Replace("xx", "00", StringComparison.Ordinal);
            yield return new ProfileRow(
                new DicomTag(Hex(digits[..4]), Hex(digits[5..])), fields[1], fields[2], fields[3..]);
        }
    }

    private static ushort Hex(string digits) => ushort.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
