using System.Globalization;

namespace ClinicalSuite.Dicom.Query;

/// <summary>
/// Builds and reduces identifiers: keys by path, and the answer to a key out of a record (PS3.4 C.4.1.1.3).
/// </summary>
public static class QueryIdentifier
{
    /// <summary>
    /// Sets a key written as <c>PatientName=王*</c>, <c>00100020=</c> or
    /// <c>ScheduledProcedureStepSequence.Modality=CT</c> (<c>[0]</c> after a sequence may stand or not).
    /// </summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Set(DicomDataset identifier, string key)
    {
        var equals = key.IndexOf('=', StringComparison.Ordinal);
        var path = (equals < 0 ? key : key[..equals]).Trim();
        var value = equals < 0 ? "" : key[(equals + 1)..];
        var names = path.Split('.');
        var set = identifier;
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i].EndsWith("[0]", StringComparison.Ordinal) ? names[i][..^3] : names[i];
            if (!TryTag(name, out var tag))
            {
                return $"{key}: {name} is no attribute of PS3.6 (keyword or GGGGEEEE)";
            }
            var vr = DicomDictionary.Resolve(tag, set) is var known && known == DicomVR.UN ? DicomVR.LO : known;
            if (i < names.Length - 1)
            {
                if (vr != DicomVR.SQ)
                {
                    return $"{key}: {name} is no sequence";
                }
                set = ItemOf(set, tag);
            }
            else if (vr == DicomVR.SQ)
            {
                set.AddOrUpdate(tag, new DicomDataset());
            }
            else if (SetValue(set, vr, tag, value) is { } problem)
            {
                return $"{key}: {problem}";
            }
        }
        return null;
    }

    /// <summary>
    /// The answer to a key: the record's value, an empty one where it has none, items reduced to what was asked for.
    /// </summary>
    public static void Answer(DicomElement key, DicomDataset record, DicomDataset response)
    {
        if (key is DicomSequence sequence)
        {
            var items = record.TryGetElement(key.Tag, out var found) && found is DicomSequence held ? held.Items : [];
            response.AddOrUpdate(new DicomSequence(key.Tag, items.Select(item => Reduced(sequence, item))));
        }
        else if (record.TryGetElement(key.Tag, out var element) && element is not DicomFragmentSequence)
        {
            if (element.VR.IsText)
            {
                // As Unicode: the response has a character set of its own.
                response.AddOrUpdate(element.VR, element.Tag, record.GetStrings(element.Tag).ToArray());
            }
            else
            {
                response.AddOrUpdate(element);
            }
        }
        else
        {
            response.AddOrUpdate(key.VR, key.Tag);
        }
    }

    private static DicomDataset Reduced(DicomSequence key, DicomDataset item)
    {
        var wanted = key.Items.Count > 0 ? key.Items[0] : new DicomDataset();
        var reduced = new DicomDataset();
        if (wanted.Count == 0)
        {
            foreach (var element in item)
            {
                Answer(element is DicomSequence whole ? new DicomSequence(whole.Tag) : element, item, reduced);
            }
            return reduced;
        }
        foreach (var element in wanted)
        {
            Answer(element, item, reduced);
        }
        return reduced;
    }

    private static DicomDataset ItemOf(DicomDataset set, DicomTag sequence)
    {
        if (set.TryGetFirstItem(sequence, out var item))
        {
            return item;
        }
        set.AddOrUpdate(sequence, new DicomDataset());
        return set.GetSequence(sequence)[0];
    }

    private static bool TryTag(string name, out DicomTag tag)
    {
        var digits = name.Replace(",", "", StringComparison.Ordinal).Trim('(', ')');
        if (digits.Length == 8
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            tag = new DicomTag((ushort)(number >> 16), (ushort)(number & 0xFFFF));
            return true;
        }
        return DicomDictionary.TryFindTag(name, out tag);
    }

    private static string? SetValue(DicomDataset set, DicomVR vr, DicomTag tag, string value)
    {
        if (value.Length == 0)
        {
            set.AddOrUpdate(vr, tag);
            return null;
        }
        if (vr.IsText)
        {
            set.AddOrUpdate(vr, tag, vr.IsSingleText ? [value] : value.Split('\\'));
            return null;
        }
        if (!vr.IsOther && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            set.AddOrUpdate(vr, tag, number);
            return null;
        }
        return $"{value} is no value of VR {vr}";
    }
}
