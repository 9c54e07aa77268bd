using ClinicalSuite.Dicom;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>
/// The synthetic CT as one enhanced multi-frame object (PS3.3 A.38): frames against the order of positions, orientation and spacing
/// shared, a rescale of its own in each frame.
/// </summary>
internal static class EnhancedSeries
{
    /// <summary>Frame <paramref name="frame"/> is this slice.</summary>
    public static int SliceOf(int frame) => (frame * 7) % SyntheticCt.Slices;

    /// <summary>HU per stored step of a slice: 1, 0.5, 0.25, 1, ...</summary>
    public static double SlopeOf(int slice) => Math.Pow(0.5, slice % 3);

    public static DicomDataset Make(SyntheticCt ct)
    {
        var frames = Enumerable.Range(0, SyntheticCt.Slices).Select(SliceOf).ToList();
        return ct.Slice(0)
            .Remove(DicomTag.ImagePositionPatient).Remove(DicomTag.ImageOrientationPatient).Remove(DicomTag.PixelSpacing)
            .Remove(DicomTag.RescaleIntercept).Remove(DicomTag.RescaleSlope)
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.EnhancedCTImageStorage)
            .AddOrUpdate(DicomTag.NumberOfFrames, frames.Count)
            .AddOrUpdate(DicomTag.BitsStored, 16)
            .AddOrUpdate(DicomTag.HighBit, 15)
            .AddOrUpdate(DicomTag.SharedFunctionalGroupsSequence, new DicomDataset()
                .AddOrUpdate(DicomTag.PlaneOrientationSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.ImageOrientationPatient, 1, 0, 0, 0, 1, 0))
                .AddOrUpdate(DicomTag.PixelMeasuresSequence, new DicomDataset().AddOrUpdate(DicomTag.PixelSpacing, 3.9, 3.75)))
            .AddOrUpdate(DicomTag.PerFrameFunctionalGroupsSequence, [.. frames.Select(slice => new DicomDataset()
                .AddOrUpdate(DicomTag.PlanePositionSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.ImagePositionPatient, -171.3, -165.9, (5.0 * slice) - 47.5))
                .AddOrUpdate(DicomTag.PixelValueTransformationSequence, new DicomDataset()
                    .AddOrUpdate(DicomTag.RescaleIntercept, -1024)
                    .AddOrUpdate(DicomTag.RescaleSlope, SlopeOf(slice))
                    .AddOrUpdate(DicomTag.RescaleType, "HU")))])
            .AddOrUpdate(DicomVR.OW, DicomTag.PixelData, frames.SelectMany(slice => Pixels(slice)).ToArray());
    }

    private static IEnumerable<byte> Pixels(int slice)
    {
        for (var row = 0; row < SyntheticCt.Rows; row++)
        {
            for (var column = 0; column < SyntheticCt.Columns; column++)
            {
                var stored = (ushort)((SyntheticCt.HounsfieldAt(column, row, slice) + 1024) / SlopeOf(slice));
                yield return (byte)stored;
                yield return (byte)(stored >> 8);
            }
        }
    }
}
