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
    public ElementAction Resolve(DicomTag tag, DicomVR vr, DeidentificationOptions chosen)
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
            : ResolveBasic(tag, vr);
    }

    public static bool IsDate(DicomVR vr) => vr == DicomVR.DA || vr == DicomVR.DT || vr == DicomVR.TM;

    /// <summary>
    /// A choice of actions hangs on the type that the attribute has in the object (PS3.15 E.1): taken is the strictest one that
    /// leaves an object valid whatever the type. Of the sequences that have a choice, all but one are of type 3 wherever a
    /// stored object has them, and most must have items where they are there, so they go.
    /// </summary>
    private ElementAction ResolveBasic(DicomTag tag, DicomVR vr)
    {
        var isSequence = vr == DicomVR.SQ;
        if (tag == DicomTag.GraphicAnnotationSequence)
        {
            // A dummy annotation would be drawn; the module is there only where annotations are.
            return ElementAction.Remove;
        }

        return Basic switch
        {
            "X" => ElementAction.Remove,
            "Z" => ElementAction.Empty,
            "D" or "Z/D" => ElementAction.Replace,
            "U" => ElementAction.MapUid,
            "X/Z" => isSequence && tag != DicomTag.AcquisitionContextSequence ? ElementAction.Remove : ElementAction.Empty,
            "X/D" or "X/Z/D" => isSequence ? ElementAction.Remove : ElementAction.Replace,
            // References stay, to the UIDs that the objects have from now on.
            "X/Z/U*" => ElementAction.Keep,
            _ => throw new InvalidOperationException($"PS3.15 E.1 has no action {Basic}."),
        };
    }

    private bool Says(char letter, DeidentificationOptions option, DeidentificationOptions chosen) =>
        (chosen & option) != 0 && Options[BitOperations.TrailingZeroCount((int)option)] == letter;
}
