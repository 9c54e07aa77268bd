using System.Buffers.Binary;
using System.IO.Compression;
using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;

namespace ClinicalSuite.Standards.Tests.Pixels;

/// <summary>Frames of 12 bits in every syntax, made here: ours where we encode it, by dcmtk or by hand where not.</summary>
internal static class EncodedFrames
{
    public static byte[] Of(string syntax, int rows, int columns)
    {
        var cells = Cells(rows, columns);
        switch (syntax)
        {
            case DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian:
                return cells;
            case DicomUID.DeflatedImageFrameCompression:
                using (var target = new MemoryStream())
                {
                    using (var deflate = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true))
                    {
                        deflate.Write(cells);
                    }

                    return target.ToArray();
                }

            case DicomUID.JPEGExtended12Bit:
                return ByDcmtk(rows, columns, cells, "+ee");
            default:
                var encoded = DicomPixelData.Encode(Image(rows, columns, cells), DicomTransferSyntax.Of(syntax));
                return Joined(encoded);
        }
    }

    /// <summary>A frame that dcmcjpeg encodes.</summary>
    public static byte[] ByDcmtk(int rows, int columns, byte[] cells, params string[] options)
    {
        using var folder = new TemporaryFolder();
        DicomFile.Create(Image(rows, columns, cells)).Save(folder["native"]);
        Peer.MustRun("dcmcjpeg", [.. options, folder["native"], folder["jpeg"]]);
        return Joined(DicomFile.Open(folder["jpeg"]).Dataset);
    }

    public static DicomDataset Image(int rows, int columns, byte[] cells) =>
        PixelTests.Image(rows, columns, 1, 16, false, 1, cells)
            .AddOrUpdate(DicomTag.BitsStored, 12).AddOrUpdate(DicomTag.HighBit, 11);

    /// <summary>A smooth picture with some noise.</summary>
    public static byte[] Cells(int rows, int columns)
    {
        var random = new Random(17);
        var cells = new byte[2 * rows * columns];
        for (var index = 0; index < rows * columns; index++)
        {
            var value = 2048 + (1500 * Math.Sin(index % columns / 5.0) * Math.Cos(index / columns / 7.0)) + random.Next(40);
            BinaryPrimitives.WriteUInt16LittleEndian(cells.AsSpan(2 * index), (ushort)value);
        }

        return cells;
    }

    private static byte[] Joined(DicomDataset dataset) =>
        [.. ((DicomFragmentSequence)dataset.GetElement(DicomTag.PixelData)).Fragments.SelectMany(f => f.Read().ToArray())];
}
