using System.Globalization;
using ClinicalSuite.Dicom;

namespace ClinicalSuite.Server.DicomWeb;

/// <summary>The frames that an address names, counted from 1: <c>1</c>, <c>3,1,2</c> (PS3.18 10.4.1.1.6).</summary>
internal static class FrameList
{
    private const int MostFrames = 10_000;

    /// <summary>Zero-based, in the order asked for; null where the text is no list.</summary>
    internal static IReadOnlyList<int>? Parse(string text)
    {
        var frames = new List<int>();
        foreach (var part in text.Split(',').Take(MostFrames + 1))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return null;
            }

            frames.Add(number - 1);
        }

        return frames.Count <= MostFrames ? frames : null;
    }

    /// <summary>True where the data set has pixels at all.</summary>
    internal static bool HasPixels(DicomDataset dataset) => dataset.Contains(DicomTag.PixelData)
        || dataset.Contains(DicomTag.FloatPixelData) || dataset.Contains(DicomTag.DoubleFloatPixelData);
}
