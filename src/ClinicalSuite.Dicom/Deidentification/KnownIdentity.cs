using System.Globalization;
using System.Text.RegularExpressions;
using ClinicalSuite.Dicom.Query;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>
/// What an object says of the people and places in it, and how it is taken out of the text that stays: names and their parts,
/// numbers of patient, order and visit, the date of birth as people write it, institution and station.
/// </summary>
/// <remarks>
/// Found is what the object itself names elsewhere. Whom only a free text knows (a relative, a nickname, a misspelt name), the
/// text keeps: PS3.15 E.3.5 asks that a person reads what was cleaned.
/// </remarks>
internal sealed partial class KnownIdentity
{
    private const int ShortestNumber = 3;
    private const int ShortestDigits = 4;

    private static readonly DicomTag[] Numbers =
    [
        DicomTag.PatientID, DicomTag.OtherPatientIDs, DicomTag.AccessionNumber, DicomTag.AdmissionID, DicomTag.ServiceEpisodeID,
        DicomTag.RequestedProcedureID, DicomTag.PlacerOrderNumberImagingServiceRequest,
        DicomTag.FillerOrderNumberImagingServiceRequest, DicomTag.MedicalRecordLocator, DicomTag.PatientTelephoneNumbers,
        DicomTag.PatientAddress, DicomTag.InsurancePlanIdentification, DicomTag.IssuerOfPatientID, DicomTag.SpecimenIdentifier,
        DicomTag.ClinicalTrialSubjectID, DicomTag.ClinicalTrialSubjectReadingID,
    ];

    private static readonly DicomTag[] Institutions =
    [
        DicomTag.InstitutionName, DicomTag.InstitutionAddress, DicomTag.InstitutionalDepartmentName,
    ];

    private static readonly DicomTag[] Devices = [DicomTag.StationName, DicomTag.DeviceSerialNumber];

    private readonly HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
    private Regex? pattern;

    public static KnownIdentity Of(DicomDataset dataset, DeidentificationOptions options)
    {
        var identity = new KnownIdentity();
        var tags = new HashSet<DicomTag>(Numbers);
        if ((options & DeidentificationOptions.RetainInstitutionIdentity) == 0)
        {
            tags.UnionWith(Institutions);
        }

        if ((options & DeidentificationOptions.RetainDeviceIdentity) == 0)
        {
            tags.UnionWith(Devices);
        }

        identity.Gather(dataset, tags);
        identity.pattern = identity.Build();
        return identity;
    }

    /// <summary>The text without what is known; the same text where nothing of it is in.</summary>
    public string RemoveFrom(string text)
    {
        if (pattern is null || text.Length == 0)
        {
            return text;
        }

        var rest = pattern.Replace(text, "");
        return rest.Length == text.Length ? text : Spaces().Replace(rest, " ").Trim();
    }

    /// <summary>As <see cref="RemoveFrom"/>, and what looks like a date, a number to call, an address of mail or a titled name.</summary>
    public string Clean(string text, bool keepsDates)
    {
        var rest = RemoveFrom(text);
        rest = keepsDates ? rest : Dates().Replace(rest, "");
        rest = Calls().Replace(TitledNames().Replace(Mail().Replace(rest, ""), ""), "");
        return rest.Length == text.Length ? text : Spaces().Replace(rest, " ").Trim();
    }

    private void Gather(DicomDataset dataset, HashSet<DicomTag> tags)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Gather(item, tags);
                }
            }
            else if (element.IsEmpty || element is DicomFragmentSequence)
            {
                continue;
            }
            else if (element.VR == DicomVR.PN)
            {
                AddNames(dataset.TextOf(element));
            }
            else if (element.Tag == DicomTag.PatientBirthDate)
            {
                AddDates(dataset.TextOf(element));
            }
            else if (tags.Contains(element.Tag))
            {
                AddNumbers(dataset.TextOf(element));
            }
        }
    }

    private void AddNames(IReadOnlyList<string> values)
    {
        foreach (var group in values.SelectMany(value => value.Split('=')))
        {
            var parts = group.Split('^').Select(part => part.Trim()).ToArray();
            foreach (var word in parts.SelectMany(part => part.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries)))
            {
                AddName(word);
            }

            if (parts.Length > 1 && parts[0].Length > 0 && parts[1].Length > 0)
            {
                AddName(parts[0] + parts[1]);
                AddName(parts[1] + parts[0]);
            }
        }
    }

    /// <summary>One letter names nobody, neither does one ideograph: 王 is in many words that are no names.</summary>
    private void AddName(string word)
    {
        if (new StringInfo(word).LengthInTextElements < 2)
        {
            return;
        }

        words.Add(word);
        words.Add(Diacritics.Remove(word.ToUpperInvariant()));
    }

    private void AddNumbers(IReadOnlyList<string> values)
    {
        foreach (var value in values.Select(value => value.Trim()))
        {
            if (value.Length >= (value.All(char.IsAsciiDigit) ? ShortestDigits : ShortestNumber))
            {
                words.Add(value);
            }
        }
    }

    private void AddDates(IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            if (DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                foreach (var form in new[]
                {
                    "yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "yyyy.MM.dd", "dd.MM.yyyy", "d.M.yyyy", "dd/MM/yyyy", "MM/dd/yyyy",
                    "d/M/yyyy", "M/d/yyyy", "dd-MM-yyyy", "yyyy年M月d日", "yyyy年MM月dd日",
                })
                {
                    words.Add(date.ToString(form, CultureInfo.InvariantCulture));
                }
            }
        }
    }

    private Regex? Build()
    {
        if (words.Count == 0)
        {
            return null;
        }

        // The longest first: a name that holds another one goes as a whole. Scripts without spaces have no words to bound.
        var bounded = words.Where(word => !HasIdeographs(word)).OrderByDescending(word => word.Length).Select(Regex.Escape);
        var free = words.Where(HasIdeographs).OrderByDescending(word => word.Length).Select(Regex.Escape);
        var branches = new List<string>();
        branches.AddRange(free.Take(1).Any() ? [$"(?:{string.Join('|', free)})"] : []);
        branches.AddRange(bounded.Take(1).Any() ? [$@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', bounded)})(?![\p{{L}}\p{{N}}])"] : []);
        return new Regex(string.Join('|', branches), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static bool HasIdeographs(string word) =>
        word.Any(letter => char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter);

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(
        @"(?<!\d)(?:(?:19|20)\d\d[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:0[1-9]|[12]\d|3[01]|[1-9])日?"
        + @"|\d{1,2}[-./]\d{1,2}[-./](?:(?:19|20)\d\d|\d\d))(?!\d)")]
    private static partial Regex Dates();

    [GeneratedRegex(@"(?<![\d.])\+?\d(?:[ ()/-]{0,2}\d){6,}(?![\d.])")]
    private static partial Regex Calls();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")]
    private static partial Regex Mail();

    [GeneratedRegex(
        @"\b(?:[Dd]r|[Pp]rof|[Mm]rs?|[Mm]s|[Hh]err|[Ff]rau|[Dd]oktor)\b\.?\s+(?:\p{Lu}[\p{L}.'-]*\s*){1,3}"
        + @"|\p{IsCJKUnifiedIdeographs}{1,3}(?:医生|主任|教授|医师)")]
    private static partial Regex TitledNames();
}
