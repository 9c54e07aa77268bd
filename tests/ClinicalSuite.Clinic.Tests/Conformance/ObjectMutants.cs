using ClinicalSuite.Dicom;

namespace ClinicalSuite.Clinic.Tests.Conformance;

/// <summary>
/// Defects put into an object one at a time: each element left out and emptied, each sequence with an empty, a doubled or a missing
/// item, each value of a wrong form, number, term or identity. Of the items of a sequence the first two and the last stand for all.
/// </summary>
internal static class ObjectMutants
{
    public static IEnumerable<ObjectMutant> Of(ReadOnlyMemory<byte> original)
    {
        var file = DicomFile.Open(original);
        foreach (var (path, element) in Elements(file.Dataset, []))
        {
            var label = string.Concat(path.Select(step => $"{step.Tag}[{step.Index}].")) + element.Tag;
            foreach (var (kind, change) in Changes(element))
            {
                yield return new ObjectMutant($"{kind} {label}", () => Changed(original, path, element.Tag, change));
            }
        }

        foreach (var tag in file.FileMetaInformation.Select(element => element.Tag)
            .Where(tag => tag != DicomTag.FileMetaInformationGroupLength && tag != DicomTag.TransferSyntaxUID))
        {
            yield return new ObjectMutant($"delete {tag}", () =>
            {
                var open = DicomFile.Open(original);
                open.FileMetaInformation.Remove(tag);
                return Saved(open);
            });
        }
    }

    private static IEnumerable<(List<(DicomTag Tag, int Index)> Path, DicomElement Element)> Elements(
        DicomDataset set, List<(DicomTag Tag, int Index)> path)
    {
        foreach (var element in set)
        {
            yield return (path, element);
            if (element is not DicomSequence { Items.Count: > 0 } sequence)
            {
                continue;
            }

            foreach (var index in new[] { 0, 1, sequence.Items.Count - 1 }.Where(index => index < sequence.Items.Count).Distinct())
            {
                foreach (var below in Elements(sequence.Items[index], [.. path, (element.Tag, index)]))
                {
                    yield return below;
                }
            }
        }
    }

    private static IEnumerable<(string Kind, Func<DicomElement, DicomElement?> Change)> Changes(DicomElement element)
    {
        yield return ("delete", _ => null);
        if (element.IsEmpty)
        {
            yield break;
        }

        if (element is DicomSequence sequence)
        {
            yield return ("empty", now => new DicomSequence(now.Tag));
            yield return ("blank item", now => new DicomSequence(now.Tag, new DicomDataset()));
            yield return ("doubled item", now => new DicomSequence(now.Tag, Copies(now).Append(Copies(now).First())));
            if (sequence.Items.Count > 1)
            {
                yield return ("missing item", now => new DicomSequence(now.Tag, Copies(now).Skip(1)));
            }

            yield break;
        }

        yield return ("empty", now => Raw(now, []));
        foreach (var (kind, bytes) in ValueDefects.Of(element))
        {
            yield return (kind, now => Raw(now, bytes));
        }
    }

    private static IEnumerable<DicomDataset> Copies(DicomElement sequence) => ((DicomSequence)sequence).Items.Select(item => item.Clone());

    /// <summary>Read from a data set that is written by hand, so that the value is byte for byte as given.</summary>
    private static DicomElement Raw(DicomElement like, byte[] bytes)
    {
        var head = new List<byte>
        {
            (byte)like.Tag.Group, (byte)(like.Tag.Group >> 8), (byte)like.Tag.Element, (byte)(like.Tag.Element >> 8),
            (byte)like.VR.Code[0], (byte)like.VR.Code[1],
        };
        head.AddRange(like.VR.HasLongLength ? [0, 0, .. BitConverter.GetBytes(bytes.Length)] : BitConverter.GetBytes((ushort)bytes.Length));
        return DicomFile.ReadDataset((byte[])[.. head, .. bytes], DicomTransferSyntax.ExplicitVRLittleEndian).GetElement(like.Tag);
    }

    private static byte[]? Changed(
        ReadOnlyMemory<byte> original, List<(DicomTag Tag, int Index)> path, DicomTag tag, Func<DicomElement, DicomElement?> change)
    {
        var file = DicomFile.Open(original);
        var set = path.Aggregate(file.Dataset, (outer, step) => outer.GetSequence(step.Tag)[step.Index]);
        if (change(set.GetElement(tag)) is { } changed)
        {
            set.AddOrUpdate(changed);
        }
        else
        {
            set.Remove(tag);
        }

        return Saved(file);
    }

    private static byte[]? Saved(DicomFile file)
    {
        using var stream = new MemoryStream();
        try
        {
            file.Save(stream);
        }
        catch (DicomFormatException)
        {
            return null;
        }

        return stream.ToArray();
    }
}
