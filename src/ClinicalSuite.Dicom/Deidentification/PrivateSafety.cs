namespace ClinicalSuite.Dicom.Deidentification;

/// <summary>Which private attributes of an object are safe: by the list, or because the object itself says so in (0008,0300).</summary>
internal sealed class PrivateSafety
{
    private readonly SafePrivateAttributes known;
    private readonly HashSet<(int Group, string Creator)> safeBlocks = [];
    private readonly HashSet<(int Group, string Creator, int Element)> safeElements = [];

    public PrivateSafety(DicomDataset dataset, SafePrivateAttributes known)
    {
        this.known = known;
        foreach (var item in dataset.GetSequence(DicomTag.PrivateDataElementCharacteristicsSequence))
        {
            if (!item.TryGetInt(DicomTag.PrivateGroupReference, out var group)
                || !item.TryGetString(DicomTag.PrivateCreatorReference, out var creator))
            {
                continue;
            }

            switch (item.GetStringOrEmpty(DicomTag.BlockIdentifyingInformationStatus))
            {
                case "SAFE":
                    safeBlocks.Add((group, creator));
                    break;
                case "MIXED":
                    safeElements.UnionWith(item.GetInts(DicomTag.NonidentifyingPrivateElements)
                        .Select(element => (group, creator, element & 0xFF)));
                    break;
            }
        }
    }

    /// <summary>A private element that no creator claims is never safe.</summary>
    public bool IsSafe(DicomDataset dataset, DicomTag tag) =>
        !tag.IsPrivateCreator && dataset.TryGetString(tag.PrivateCreatorTag, out var creator)
        && (known.Contains(tag, creator)
            || safeBlocks.Contains((tag.Group, creator))
            || safeElements.Contains((tag.Group, creator, tag.Element & 0xFF)));
}
