using ClinicalSuite.Dicom;

namespace ClinicalSuite.Acceptance.Tests.Pixels;

/// <summary>Small images that the tests make themselves.</summary>
internal static class SampleImages
{
    public const int Rows = 48;
    public const int Columns = 40;

    /// <summary>Twelve bits stored, or RGB of eight, with ramps and noise.</summary>
    public static DicomDataset Make(bool isColour, int frames = 1)
    {
        var random = new Random(5);
        var samples = isColour ? 3 : 1;
        var cells = new byte[frames * Rows * Columns * (isColour ? 3 : 2)];
        for (var index = 0; index < frames * Rows * Columns * samples; index++)
        {
            var value = ((index * 7) + random.Next(30)) % (isColour ? 256 : 4096);
            if (isColour)
            {
                cells[index] = (byte)value;
            }
            else
            {
                BitConverter.TryWriteBytes(cells.AsSpan(2 * index), (ushort)value);
            }
        }

        var (allocated, stored) = isColour ? (8, 8) : (16, 12);
        return new DicomDataset()
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed($"sample image {isColour} {frames}"))
            .AddOrUpdate(DicomTag.SamplesPerPixel, samples)
            .AddOrUpdate(DicomTag.PhotometricInterpretation, isColour ? "RGB" : "MONOCHROME2")
            .AddOrUpdate(DicomTag.PlanarConfiguration, 0)
            .AddOrUpdate(DicomTag.NumberOfFrames, frames)
            .AddOrUpdate(DicomTag.Rows, Rows)
            .AddOrUpdate(DicomTag.Columns, Columns)
            .AddOrUpdate(DicomTag.BitsAllocated, allocated)
            .AddOrUpdate(DicomTag.BitsStored, stored)
            .AddOrUpdate(DicomTag.HighBit, stored - 1)
            .AddOrUpdate(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(isColour ? DicomVR.OB : DicomVR.OW, DicomTag.PixelData, cells);
    }

    /// <summary>A frame of a syntax that a native library decodes, and what it must become.</summary>
    public static (FrameDescription Frame, byte[] Encoded, byte[] Cells) Encoded(string syntax)
    {
        var isBaseline = syntax == DicomUID.JPEGBaseline8Bit;
        var dataset = Make(isColour: isBaseline);
        var frame = new FrameDescription
        {
            TransferSyntaxUid = syntax,
            Columns = Columns,
            Rows = Rows,
            SamplesPerPixel = isBaseline ? 3 : 1,
            BitsAllocated = isBaseline ? 8 : 16,
            BitsStored = isBaseline ? 8 : 12,
            PhotometricInterpretation = isBaseline ? "YBR_FULL_422" : "MONOCHROME2",
        };
        var encoded = isBaseline
            ? DicomPixelData.Create(dataset).RenderFrame(0).ToJpeg()
            : ((DicomFragmentSequence)DicomPixelData.Encode(dataset, DicomTransferSyntax.Of(syntax))
                .GetElement(DicomTag.PixelData)).Fragments[0].Read().ToArray();
        return (frame, encoded, FrameDecoding.InProcess.Decode(frame, encoded));
    }
}
