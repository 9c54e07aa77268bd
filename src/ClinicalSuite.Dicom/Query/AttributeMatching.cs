namespace ClinicalSuite.Dicom.Query;

/// <summary>
/// Attribute matching of queries (PS3.4 C.2.2.2): single value, list of UIDs, universal, wild card, range, sequence.
/// Case counts but for names; a list of values in the record matches if one of them does.
/// </summary>
public static class AttributeMatching
{
    /// <summary>True if the record has what every key of the identifier asks for.</summary>
    /// <exception cref="DicomFormatException">A value cannot be read.</exception>
    public static bool IsMatch(DicomDataset identifier, DicomDataset record, QueryOptions options = default) =>
        identifier.All(key => IsControl(key.Tag) || IsMatch(key, identifier, record, options))
        && (!options.CombinesDateAndTime || CombinedMatch(identifier, record));

    /// <summary>Keys that ask for nothing: they only want the value returned.</summary>
    public static bool IsUniversal(DicomElement key, DicomDataset identifier) => key switch
    {
        DicomSequence sequence => sequence.Items.All(item => item.All(inner => IsUniversal(inner, item))),
        _ when key.IsEmpty => true,
        _ => TakesWildcards(key.VR) && identifier.GetStrings(key.Tag) is [var text] && text.Trim('*').Length == 0
            && text.Length <= 1,
    };

    /// <summary>VRs whose keys may have wild cards (PS3.4 C.2.2.2.4).</summary>
    public static bool TakesWildcards(DicomVR vr) => vr == DicomVR.AE || vr == DicomVR.CS || vr == DicomVR.LO
        || vr == DicomVR.LT || vr == DicomVR.PN || vr == DicomVR.SH || vr == DicomVR.ST || vr == DicomVR.UC
        || vr == DicomVR.UR || vr == DicomVR.UT;

    /// <summary>Attributes of an identifier that are no keys.</summary>
    public static bool IsControl(DicomTag tag) => tag == DicomTag.QueryRetrieveLevel
        || tag == DicomTag.SpecificCharacterSet || tag == DicomTag.TimezoneOffsetFromUTC || tag.IsGroupLength
        || tag == DicomTag.RetrieveAETitle || tag == DicomTag.InstanceAvailability;

    private static bool IsMatch(
        DicomElement key, DicomDataset identifier, DicomDataset record, QueryOptions options)
    {
        if (IsUniversal(key, identifier))
        {
            return true;
        }
        if (key is DicomSequence sequence)
        {
            return record.GetSequence(key.Tag) is { Count: > 0 } items
                && sequence.Items.All(wanted => items.Any(item => IsMatch(wanted, item, options)));
        }
        if (options.CombinesDateAndTime && key.Tag == DicomTag.StudyTime)
        {
            return true; // judged with the date
        }
        var keys = identifier.GetStrings(key.Tag);
        var values = record.GetStrings(key.Tag);
        return keys.Any(text => values.Any(value => IsMatch(key.VR, text, value, options)));
    }

    private static bool IsMatch(DicomVR vr, string key, string value, QueryOptions options)
    {
        if (vr == DicomVR.PN)
        {
            return options.IsFuzzy
                ? PersonNameMatching.IsFuzzyMatch(key, value)
                : PersonNameMatching.IsMatch(key, value);
        }
        if (vr == DicomVR.DA || vr == DicomVR.TM || vr == DicomVR.DT)
        {
            // A key that is no date finds nothing rather than everything.
            return MomentRange.Parse(key)?.Contains(value) ?? key == value;
        }
        if (vr == DicomVR.IS || vr == DicomVR.DS)
        {
            return key == value || (double.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var a)
                && double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var b) && a == b);
        }
        return TakesWildcards(vr) ? Wildcard.IsMatch(key, value) : key == value;
    }

    private static bool CombinedMatch(DicomDataset identifier, DicomDataset record)
    {
        var (date, time) = (identifier.GetStringOrEmpty(DicomTag.StudyDate),
            identifier.GetStringOrEmpty(DicomTag.StudyTime));
        return time.Length == 0 || MomentRange.Parse(time) is not { } times
            || (MomentRange.Parse(date) is not { } dates
                ? times.Contains(record.GetStringOrEmpty(DicomTag.StudyTime))
                : MomentRange.Contains(dates, times, record.GetStringOrEmpty(DicomTag.StudyDate),
                    record.GetStringOrEmpty(DicomTag.StudyTime)));
    }
}
