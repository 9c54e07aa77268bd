using System.Numerics;

namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>A row of PS3.15 table E.1-1.</summary>
/// <param name="Basic">The action of the basic profile: X, Z, D, U or a choice of them.</param>
/// <param name="Options">A letter for each of <see cref="DeidentificationOptions"/>, in its order: K, C or '-'.</param>
internal sealed record ConfidentialityRow(string Basic, string Options)
{
    private static readonly DeidentificationOptions[] Retaining =
    [
        DeidentificationOptions.RetainUids, DeidentificationOptions.RetainDeviceIdentity,
        DeidentificationOptions.RetainInstitutionIdentity, DeidentificationOptions.RetainPatientCharacteristics,
        DeidentificationOptions.RetainFullDates,
    ];

    private static readonly DeidentificationOptions[] Cleaning =
    [
        DeidentificationOptions.RetainPatientCharacteristics, DeidentificationOptions.CleanDescriptors,
        DeidentificationOptions.CleanStructuredContent, DeidentificationOptions.CleanGraphics,
    ];

    /// <summary>
    /// The action in a data set. Where options meet, retaining wins over cleaning and cleaning over the basic profile (PS3.15
    /// E.3), but no option keeps a date that another one moves: the true date would tell by how much.
    /// </summary>
    /// <param name="type">Of the attribute in its object: 1, 2 or 3; null where the object is of a class that nobody has defined.</param>
    public ElementAction Resolve(DicomTag tag, DicomVR vr, int? type, DeidentificationOptions chosen)
    {
        if (Says('C', DeidentificationOptions.RetainModifiedDates, chosen) && IsDate(vr))
        {
            return ElementAction.ShiftDate;
        }

        if (Retaining.Any(option => Says('K', option, chosen)))
        {
            return ElementAction.Keep;
        }

        if (Says('C', DeidentificationOptions.RetainModifiedDates, chosen) && tag == DicomTag.TimezoneOffsetFromUTC)
        {
            return ElementAction.Keep;
        }

        if (Says('C', DeidentificationOptions.RetainDeviceIdentity, chosen))
        {
            return ElementAction.Alias;
        }

        // Bytes, and the bits of curves and overlays, may spell or draw letters that nobody has read: only text is cleaned.
        return (vr.UsesCharacterSet || vr == DicomVR.SQ) && tag.Group < 0x5000
            && Cleaning.Any(option => Says('C', option, chosen))
            ? ElementAction.Clean
            : ResolveBasic(tag, vr, type);
    }

    public static bool IsDate(DicomVR vr) => vr == DicomVR.DA || vr == DicomVR.DT || vr == DicomVR.TM;

    private ElementAction ResolveBasic(DicomTag tag, DicomVR vr, int? type) => Basic switch
    {
        // A dummy annotation would be drawn; the module is there only where annotations are.
        _ when tag == DicomTag.GraphicAnnotationSequence => ElementAction.Remove,
        "X" => ElementAction.Remove,
        "Z" => ElementAction.Empty,
        "D" => ElementAction.Replace,
        "U" => ElementAction.MapUid,
        // References stay, to the UIDs that the objects have from now on.
        "X/Z/U*" => ElementAction.Keep,
        _ => type is { } known ? Choose(known) : ChooseUntyped(tag, vr),
    };

    /// <summary>The first action of a choice with which the object stays what its class asks for (PS3.15 E.1).</summary>
    private ElementAction Choose(int type) => (Basic, type) switch
    {
        ("X/Z" or "X/D" or "X/Z/D", 3) => ElementAction.Remove,
        ("X/Z", _) or ("X/Z/D" or "Z/D", 2) or ("Z/D", 3) => ElementAction.Empty,
        ("X/D" or "X/Z/D" or "Z/D", _) => ElementAction.Replace,
        _ => throw new InvalidOperationException($"PS3.15 E.1 has no action {Basic}."),
    };

    /// <summary>
    /// Where the type is not known: the strictest action that is valid for each type. Of the sequences that have a choice nearly all
    /// are of type 3, and most must have items where they are there, so they go.
    /// </summary>
    private ElementAction ChooseUntyped(DicomTag tag, DicomVR vr) => Basic switch
    {
        "Z/D" => ElementAction.Replace,
        "X/Z" when vr != DicomVR.SQ || tag == DicomTag.AcquisitionContextSequence => ElementAction.Empty,
        _ => vr == DicomVR.SQ ? ElementAction.Remove : ElementAction.Replace,
    };

    private bool Says(char letter, DeidentificationOptions option, DeidentificationOptions chosen) =>
        (chosen & option) != 0 && Options[BitOperations.TrailingZeroCount((int)option)] == letter;
}
