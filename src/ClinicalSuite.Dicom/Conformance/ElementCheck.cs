namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Elements against PS3.5 and PS3.6, whatever the object is: VR, multiplicity, form of values, padding, retired attributes.</summary>
internal sealed class ElementCheck(ObjectUnderCheck subject)
{
    /// <summary>Text of this length has been proven elsewhere: values that lie in their file are not read for their form.</summary>
    private const int LongestTextRead = 1 << 20;

    public void Check(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                CheckRepresentation(dataset, element);
                foreach (var item in sequence.Items)
                {
                    Check(item);
                }
            }
            else
            {
                Check(dataset, element);
            }
        }
    }

    private void Check(DicomDataset dataset, DicomElement element)
    {
        if (!element.Tag.IsPrivate)
        {
            CheckRepresentation(dataset, element);
        }
        else if (!element.Tag.IsPrivateCreator && !element.Tag.IsGroupLength && !dataset.Contains(element.Tag.PrivateCreatorTag))
        {
            subject.Error(dataset, element.Tag, "", "is private without a private creator");
        }

        if (element is DicomFragmentSequence || element.IsEmpty)
        {
            return;
        }

        if (element.VR.UnitBytes > 1 && element.Length % element.VR.UnitBytes != 0)
        {
            subject.Error(dataset, element.Tag, "", $"has {element.Length} bytes, no multiple of the {element.VR.UnitBytes} of {element.VR}");
            return;
        }

        if (element.VR.IsText && element.Length <= LongestTextRead)
        {
            if (element is not TextElement)
            {
                CheckPadding(dataset, element);
            }

            CheckText(dataset, element);
        }

        CheckMultiplicity(dataset, element);
    }

    private void CheckRepresentation(DicomDataset dataset, DicomElement element)
    {
        if (!DicomDictionary.TryFind(element.Tag, out var entry))
        {
            if (!element.Tag.IsPrivate && !element.Tag.IsGroupLength)
            {
                subject.Warn(dataset, element.Tag, "", "is not in the dictionary of PS3.6");
            }

            return;
        }

        if (entry.IsRetired)
        {
            subject.Warn(dataset, element.Tag, "", "is retired");
        }

        if (subject.IsExplicit && !Allows(entry.VR, element.VR))
        {
            subject.Add(
                element.VR == DicomVR.UN ? ConformanceSeverity.Warning : ConformanceSeverity.Error, dataset, element.Tag, "",
                $"has VR {element.VR}, PS3.6 says {entry.VR}");
        }
    }

    private static bool Allows(string wanted, DicomVR vr) => wanted.Split(" or ").Contains(vr.Code) || (wanted == "OB" && vr == DicomVR.OW);

    private void CheckPadding(DicomDataset dataset, DicomElement element)
    {
        var bytes = element.ReadBytes().Span;
        if ((bytes.Length & 1) == 1)
        {
            subject.Error(dataset, element.Tag, "", "has an odd length");
        }

        var last = bytes[^1];
        if (element.VR != DicomVR.UI && last == 0)
        {
            subject.Error(dataset, element.Tag, "", "is padded with NUL, not with a space");
        }
        else if (element.VR == DicomVR.UI && last == ' ')
        {
            subject.Error(dataset, element.Tag, "", "is padded with a space, not with NUL");
        }
    }

    private void CheckText(DicomDataset dataset, DicomElement element)
    {
        IReadOnlyList<string> values;
        try
        {
            values = dataset.TextOf(element);
        }
        catch (DicomFormatException fault)
        {
            subject.Error(dataset, element.Tag, "", fault.Reason);
            return;
        }

        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Length > 0 && ValueForms.Fault(element.VR, values[index]) is { } fault)
            {
                subject.Error(dataset, element.Tag, "", $"value {index + 1} {fault}");
            }
        }
    }

    private void CheckMultiplicity(DicomDataset dataset, DicomElement element)
    {
        if (!DicomDictionary.TryFind(element.Tag, out var entry) || element.VR.IsOther || element.VR.IsSingleText)
        {
            return;
        }

        var count = element.VR.IsText ? TextValues.Of(dataset, element.Tag).Count : element.Length / element.VR.UnitBytes;
        var allowed = Array.ConvertAll(entry.VM.Split(" or "), Multiplicity.Parse);
        if (!Array.Exists(allowed, each => each.Allows(count)))
        {
            subject.Error(dataset, element.Tag, "", $"has {count} values, PS3.6 allows {entry.VM}");
        }
    }
}
