using ClinicalSuite.Dicom.Text;

namespace ClinicalSuite.Dicom;

/// <summary>The values of (0008,0005) as they may be written (PS3.3 C.12.1.1.2).</summary>
public static class SpecificCharacterSet
{
    /// <summary>Unicode in UTF-8: holds every text.</summary>
    public const string Unicode = "ISO_IR 192";

    /// <summary>Every defined term that is read and written, without and with code extensions.</summary>
    public static IReadOnlyList<string> Supported { get; } =
    [
        .. CodeElement.Registrations.Where(number => CodeElement.Of(number).G1 is { BytesPerCharacter: 1 }).Select(number => $"ISO_IR {number}"),
        .. CodeElement.Registrations.Select(number => $"ISO 2022 IR {number}"),
        .. ((string[])["ISO_IR 192", "GB18030", "GBK"]).Where(term => DicomCharacterSet.Of([term]).IsKnown),
    ];

    /// <summary>
    /// What a sender meant in the defined terms (<c>ISO_IR_192</c> becomes <c>ISO_IR 192</c>); null where a term is not known. No terms
    /// are the default repertoire and give none.
    /// </summary>
    public static IReadOnlyList<string>? Canonical(IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return DicomCharacterSet.Of(terms).CanonicalTerms();
    }
}
