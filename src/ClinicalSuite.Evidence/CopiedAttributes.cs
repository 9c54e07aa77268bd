using System.Globalization;
using System.Text.RegularExpressions;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence.Volumes;
using ClinicalSuite.Findings;

namespace ClinicalSuite.Evidence;

/// <summary>
/// The patient, study and patient study modules that our objects share with their source (PS3.3 C.7.1.1, C.7.2.1, C.7.2.2). Decoded and
/// encoded anew: bytes are never copied, for the target may have another character set. A value that its VR does not allow is left out
/// and noted; names and identifiers are kept as sent, since a patient must be recognised even where a sender writes too much.
/// </summary>
internal static partial class CopiedAttributes
{
    /// <summary>Type 2: present in each object, empty where the source says nothing.</summary>
    private static readonly DicomTag[] AlwaysPresent =
    [
        DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.ReferringPhysicianName,
        DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.StudyID,
    ];

    /// <summary>Text, copied where the source has it.</summary>
    private static readonly DicomTag[] Texts =
    [
        DicomTag.StudyDescription, DicomTag.PhysiciansOfRecord, DicomTag.NameOfPhysiciansReadingStudy,
        DicomTag.IssuerOfPatientID, DicomTag.PatientBirthTime, DicomTag.OtherPatientNames, DicomTag.EthnicGroup,
        DicomTag.PatientComments, DicomTag.PatientIdentityRemoved, DicomTag.DeidentificationMethod,
        DicomTag.PatientAge, DicomTag.Occupation, DicomTag.AdditionalPatientHistory,
        DicomTag.AdmittingDiagnosesDescription,
    ];

    /// <summary>Sources write DS of 17 characters; a number is copied as a number.</summary>
    private static readonly DicomTag[] Numbers = [DicomTag.PatientSize, DicomTag.PatientWeight];

    private static readonly DicomTag[] Sequences =
    [
        DicomTag.IssuerOfPatientIDQualifiersSequence, DicomTag.IssuerOfAccessionNumberSequence,
    ];

    private static readonly Code NotCopied =
        new("SOURCE-ATTRIBUTE", "99CLINSUITE", "Attribute of the source that cannot be used");

    /// <summary>Copies what may be copied.</summary>
    public static void Copy(DicomDataset source, DicomDataset target) => Copy(source, target, _ => { });

    /// <summary>What <see cref="Copy(DicomDataset, DicomDataset)"/> leaves out of a header, for the reader of the results.</summary>
    public static IReadOnlyList<QualityNote> Notes(DicomDataset source)
    {
        var notes = new List<QualityNote>();
        Copy(source, new DicomDataset(), tag => notes.Add(Note(tag, "no legal value, left out of the results")));
        return notes;
    }

    /// <summary>A note about an attribute of the source; no value is told.</summary>
    public static QualityNote Note(DicomTag tag, string fault) =>
        new(NotCopied, QualitySeverity.Note, $"{tag} {DicomDictionary.KeywordOf(tag)} of the source: {fault}");

    private static void Copy(DicomDataset source, DicomDataset target, Action<DicomTag> leftOut)
    {
        foreach (var tag in AlwaysPresent)
        {
            target.AddOrUpdate(tag);
        }

        foreach (var tag in AlwaysPresent.Concat(Texts))
        {
            Try(tag, () =>
            {
                var values = source.GetStrings(tag).Select(value => Legal(tag, value)).ToList();
                if (values.Count > 0 && !values.Contains(null))
                {
                    target.AddOrUpdate(tag, [.. values.OfType<string>()]);
                }

                return !values.Contains(null);
            });
        }

        foreach (var tag in Numbers)
        {
            Try(tag, () =>
            {
                if (source.GetDoubles(tag) is { Length: > 0 } values)
                {
                    target.AddOrUpdate(tag, values);
                }

                return true;
            });
        }

        foreach (var tag in Sequences)
        {
            Try(tag, () =>
            {
                if (source.GetSequence(tag) is { Count: > 0 } items)
                {
                    target.AddOrUpdate(tag, [.. items.Select(item => item.Clone())]);
                }

                return true;
            });
        }

        void Try(DicomTag tag, Func<bool> copy)
        {
            try
            {
                if (!copy())
                {
                    leftOut(tag);
                }
            }
            catch (DicomFormatException)
            {
                leftOut(tag);
            }
        }
    }

    /// <summary>A text as it may stand in a value of the VRs that have a fixed form (PS3.5 6.2); null where it may not.</summary>
    private static string? Legal(DicomTag tag, string value)
    {
        if (value.Length == 0)
        {
            return value;
        }

        var vr = DicomDictionary.TryFind(tag, out var entry) ? entry.VR : "";
        return vr switch
        {
            // Dates and times of older forms (2026.01.02, 09:30) say the same in the present one.
            "DA" => DicomDateTime.Date(value)?.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            "TM" when !TimeString().IsMatch(value) => DicomDateTime.Time(value)?.ToString("HHmmss", CultureInfo.InvariantCulture),
            "CS" when tag == DicomTag.PatientSex => value is "M" or "F" or "O" ? value : null,
            "CS" => CodeString().IsMatch(value) ? value : null,
            "AS" => AgeString().IsMatch(value) ? value : null,
            _ => value,
        };
    }

    [GeneratedRegex("^[A-Z0-9_ ]{1,16}$")]
    private static partial Regex CodeString();

    [GeneratedRegex("^([01][0-9]|2[0-3])([0-5][0-9]([0-5][0-9]|60)?)?([.][0-9]{1,6})?$")]
    private static partial Regex TimeString();

    [GeneratedRegex("^[0-9]{3}[DWMY]$")]
    private static partial Regex AgeString();
}
