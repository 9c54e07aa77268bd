namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Functional groups against frames, dimensions and each other (PS3.3 C.7.6.16, C.7.6.17).</summary>
internal sealed class FrameCheck(ObjectUnderCheck subject)
{
    private const string Groups = "Multi-frame Functional Groups";
    private const string Dimensions = "Multi-frame Dimension";

    private static readonly DicomTag[] Vectors =
    [
        DicomTag.FrameTimeVector, DicomTag.EnergyWindowVector, DicomTag.DetectorVector, DicomTag.PhaseVector, DicomTag.RotationVector,
        DicomTag.RRIntervalVector, DicomTag.TimeSlotVector, DicomTag.SliceVector, DicomTag.AngularViewVector, DicomTag.TimeSliceVector,
        DicomTag.SliceLocationVector, DicomTag.PageNumberVector, DicomTag.FrameLabelVector, DicomTag.FramePrimaryAngleVector,
        DicomTag.FrameSecondaryAngleVector, DicomTag.DisplayWindowLabelVector,
    ];

    private readonly DicomDataset image = subject.Dataset;

    public void Check()
    {
        CheckVectors();
        if (ItemsOf(image, DicomTag.PerFrameFunctionalGroupsSequence) is not { Count: > 0 } frames)
        {
            return;
        }

        if (Numbers.First(image, DicomTag.NumberOfFrames) is { } count && count != frames.Count)
        {
            subject.Error(
                image, DicomTag.PerFrameFunctionalGroupsSequence, Groups, $"has {frames.Count} items for {count} frames");
        }

        CheckPlaces(frames);
        CheckDimensions(frames);
    }

    private void CheckVectors()
    {
        if (Numbers.First(image, DicomTag.NumberOfFrames) is not { } frames)
        {
            return;
        }

        foreach (var tag in Vectors)
        {
            if (image.TryGetElement(tag, out var element) && !element.IsEmpty && TextValues.Of(image, tag).Count != frames)
            {
                subject.Error(image, tag, "", $"has {TextValues.Of(image, tag).Count} values for {frames} frames");
            }
        }
    }

    /// <summary>A group is shared or of each frame, never both, and then of every frame (PS3.3 C.7.6.16.1.1).</summary>
    private void CheckPlaces(IReadOnlyList<DicomDataset> frames)
    {
        var shared = ItemsOf(image, DicomTag.SharedFunctionalGroupsSequence).SelectMany(item => item.Select(each => each.Tag)).ToHashSet();
        foreach (var element in frames[0])
        {
            if (shared.Contains(element.Tag) && !element.Tag.IsPrivate)
            {
                subject.Error(frames[0], element.Tag, Groups, "is both shared and of each frame");
            }
        }
    }

    private void CheckDimensions(IReadOnlyList<DicomDataset> frames)
    {
        var indices = ItemsOf(image, DicomTag.DimensionIndexSequence);
        CheckOrganizations(indices);
        foreach (var frame in frames)
        {
            foreach (var content in ItemsOf(frame, DicomTag.FrameContentSequence))
            {
                CheckIndexValues(content, indices);
            }
        }
    }

    private void CheckOrganizations(IReadOnlyList<DicomDataset> indices)
    {
        var organizations = ItemsOf(image, DicomTag.DimensionOrganizationSequence)
            .Select(item => item.GetStringOrEmpty(DicomTag.DimensionOrganizationUID)).ToHashSet();
        foreach (var index in indices)
        {
            if (index.TryGetString(DicomTag.DimensionOrganizationUID, out var organization) && !organizations.Contains(organization))
            {
                subject.Error(
                    index, DicomTag.DimensionOrganizationUID, Dimensions, "is none of those in DimensionOrganizationSequence");
            }
        }
    }

    private void CheckIndexValues(DicomDataset content, IReadOnlyList<DicomDataset> indices)
    {
        if (!content.TryGetElement(DicomTag.DimensionIndexValues, out var element) || element.IsEmpty)
        {
            return;
        }

        var values = Numbers.All(content, DicomTag.DimensionIndexValues);
        if (values.Count != indices.Count)
        {
            subject.Error(
                content, DicomTag.DimensionIndexValues, Dimensions, $"has {values.Count} values for {indices.Count} dimensions");
            return;
        }

        for (var place = 0; place < values.Count; place++)
        {
            var pointer = indices[place].TryGetElement(DicomTag.DimensionIndexPointer, out var at) && at.VR == DicomVR.AT && !at.IsEmpty
                ? indices[place].GetTags(DicomTag.DimensionIndexPointer)[0]
                : default;
            if (values[place] < 1)
            {
                subject.Error(content, DicomTag.DimensionIndexValues, Dimensions, $"value {place + 1} is {values[place]}: they start at 1");
            }
            else if (pointer == DicomTag.InStackPositionNumber || pointer == DicomTag.TemporalPositionIndex)
            {
                CheckSame(content, pointer, values[place]);
            }
        }
    }

    private void CheckSame(DicomDataset content, DicomTag pointer, long index)
    {
        if (Numbers.First(content, pointer) is not { } number)
        {
            subject.Error(content, pointer, Dimensions, "is absent, and is a dimension");
        }
        else if (number != index)
        {
            subject.Error(content, pointer, Dimensions, $"is {number}, its dimension index value is {index}");
        }
    }

    private static IReadOnlyList<DicomDataset> ItemsOf(DicomDataset item, DicomTag tag) =>
        item.TryGetElement(tag, out var element) && element is DicomSequence sequence ? sequence.Items : [];
}
