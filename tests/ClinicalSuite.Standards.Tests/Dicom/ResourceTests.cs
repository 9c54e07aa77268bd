using System.Buffers.Binary;
using System.IO.Compression;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>What a few megabytes from a stranger may cost.</summary>
public class ResourceTests
{
    private const int Million = 1_000_000;

    [Fact]
    public void A_million_tags_in_falling_order_are_read_as_fast_as_in_rising_order_and_come_sorted()
    {
        // Each one inserted at its place is half a million moves for each of a million elements: minutes, not a second.
        var falling = Enumerable.Range(0, Million).Select(index => Tag(Million - 1 - index)).ToList();

        var dataset = DicomFile.ReadDataset(Elements(falling), DicomTransferSyntax.ImplicitVRLittleEndian);

        Assert.Equal(Million, dataset.Count);
        Assert.Equal(Enumerable.Range(0, Million).Select(Tag), dataset.Select(element => element.Tag.Value));
    }

    [Fact]
    public void Of_the_same_tag_twice_the_first_counts_whatever_the_order()
    {
        var random = new Random(5);
        var tags = Enumerable.Range(0, 2000).Select(_ => Tag(random.Next(700))).ToList();
        var bytes = Elements(tags, lengthOfValue: 2);
        var expected = tags.Select((tag, place) => (tag, place)).DistinctBy(entry => entry.tag).OrderBy(entry => entry.tag);

        var dataset = DicomFile.ReadDataset(bytes, DicomTransferSyntax.ImplicitVRLittleEndian);

        Assert.Equal(
            expected.Select(entry => (entry.tag, (ushort)entry.place)),
            dataset.Select(element => (element.Tag.Value, BinaryPrimitives.ReadUInt16LittleEndian(
                dataset.GetBytes(element.Tag).Span))));
    }

    [Fact]
    public void Tags_out_of_order_within_an_item_are_found_there()
    {
        var inner = new DicomDataset().AddOrUpdate(DicomTag.CodeValue, "A1").AddOrUpdate(DicomTag.CodeMeaning, "meaning");
        var dataset = new DicomDataset().AddOrUpdate(DicomTag.ConceptNameCodeSequence, inner);
        using var stream = new MemoryStream();
        DicomFile.WriteDataset(dataset, stream, DicomTransferSyntax.ImplicitVRLittleEndian);
        var bytes = stream.ToArray();

        // The two elements of the item change places: (0008,0104) with 8 bytes of value, then (0008,0100) with 2.
        var first = bytes.AsSpan().IndexOf((byte[])[0x08, 0, 0, 1]);
        byte[] turned = [.. bytes[..first], .. bytes[(first + 10)..(first + 26)], .. bytes[first..(first + 10)], .. bytes[(first + 26)..]];

        var item = DicomFile.ReadDataset(turned, DicomTransferSyntax.ImplicitVRLittleEndian)
            .GetSequence(DicomTag.ConceptNameCodeSequence)[0];

        Assert.Equal(["A1", "meaning"], item.Select(element => item.GetString(element.Tag)));
    }

    [Fact]
    public void Elements_and_items_beyond_the_limit_are_refused()
    {
        var options = new DicomReadOptions { MaximumElements = 1000 };
        var tags = Enumerable.Range(0, 1001).Select(Tag).ToList();
        var items = new DicomDataset().AddOrUpdate(
            DicomTag.ConceptNameCodeSequence, [.. Enumerable.Range(0, 1000).Select(_ => new DicomDataset())]);
        using var stream = new MemoryStream();
        DicomFile.WriteDataset(items, stream, DicomTransferSyntax.ImplicitVRLittleEndian);

        Assert.Equal(1000, DicomFile.ReadDataset(
            Elements(tags[..1000]), DicomTransferSyntax.ImplicitVRLittleEndian, options).Count);
        Assert.Contains("more than 1000", Assert.Throws<DicomFormatException>(() => DicomFile.ReadDataset(
            Elements(tags), DicomTransferSyntax.ImplicitVRLittleEndian, options)).Reason, StringComparison.Ordinal);
        Assert.Contains("more than 1000", Assert.Throws<DicomFormatException>(() => DicomFile.ReadDataset(
            stream.ToArray(), DicomTransferSyntax.ImplicitVRLittleEndian, options)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_inflates_to_hundreds_of_megabytes_is_refused_at_intake()
    {
        using var file = new MemoryStream();
        DicomFile.Create(
            new DicomDataset().AddOrUpdate(DicomTag.SOPClassUID, DicomUID.CTImageStorage).AddOrUpdate(DicomTag.SOPInstanceUID, "1.2.3"),
            DicomTransferSyntax.DeflatedExplicitVRLittleEndian).Save(file);

        // 5 MB of deflated empty elements; the ratio alone lets a gibibyte pass.
        var head = file.ToArray()[..(int)(144 + BinaryPrimitives.ReadUInt32LittleEndian(file.ToArray().AsSpan(140)))];
        using var bomb = new MemoryStream();
        bomb.Write(head);
        using (var deflate = new DeflateStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var index = 0; index < block.Length; index += 8)
            {
                byte[] element = [0x09, 0, (byte)(index >> 3), (byte)(index >> 11), (byte)'U', (byte)'N', 0, 0];
                element.CopyTo(block, index);
            }

            for (var count = 0; count < 256; count++)
            {
                deflate.Write(block);
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<DicomFormatException>(() => DicomFile.Open(bomb.ToArray(), DicomReadOptions.HeaderOnly));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2L << 30);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(64)]
    public void Float_pixels_of_another_size_than_theirs_are_refused(int bits)
    {
        var image = PixelTests.Image(4, 4, 1, bits, false, 1, []).Remove(DicomTag.PixelData)
            .AddOrUpdate(DicomVR.OF, DicomTag.FloatPixelData, new byte[256]);

        Assert.Throws<DicomFormatException>(() => DicomPixelData.Create(image));
    }

    [Fact]
    public void A_sequence_in_place_of_pixels_is_refused()
    {
        var image = PixelTests.Image(4, 4, 1, 16, false, 1, new byte[32]).AddOrUpdate(DicomTag.PixelData, new DicomDataset());

        Assert.Throws<DicomFormatException>(() => DicomPixelData.Create(image));
    }

    private static uint Tag(int number) => 0x00091000u + (uint)number;

    /// <summary>Implicit VR little endian; the value, if any, is the element's place in the file.</summary>
    private static byte[] Elements(List<uint> tags, int lengthOfValue = 0)
    {
        var size = 8 + lengthOfValue;
        var bytes = new byte[size * tags.Count];
        for (var index = 0; index < tags.Count; index++)
        {
            var at = bytes.AsSpan(index * size);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(tags[index] >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)tags[index]);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], lengthOfValue);
            if (lengthOfValue > 0)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(at[8..], (ushort)index);
            }
        }

        return bytes;
    }
}
