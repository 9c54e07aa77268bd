namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Direction cosines of rows and columns have length 1 and stand upright on each other (PS3.3 C.7.6.2.1.1).</summary>
internal static class GeometryCheck
{
    /// <summary>Six decimals are written by most devices, four by some.</summary>
    private const double Tolerance = 1e-3;

    private static readonly DicomTag[] Orientations = [DicomTag.ImageOrientationPatient, DicomTag.ImageOrientationSlide];

    public static void Check(ObjectUnderCheck subject)
    {
        foreach (var item in ItemTree.Below(subject.Dataset).Prepend(subject.Dataset))
        {
            foreach (var tag in Orientations)
            {
                if (Numbers.Decimals(item, tag) is { Count: 6 } cosines)
                {
                    Check(subject, item, tag, cosines);
                }
            }
        }
    }

    private static void Check(ObjectUnderCheck subject, DicomDataset item, DicomTag tag, IReadOnlyList<double> cosines)
    {
        for (var vector = 0; vector < 2; vector++)
        {
            if (Math.Abs(Dot(cosines, vector, vector) - 1) > Tolerance)
            {
                subject.Error(item, tag, "Image Plane", $"the direction of the {(vector == 0 ? "rows" : "columns")} has not length 1");
            }
        }

        if (Math.Abs(Dot(cosines, 0, 1)) > Tolerance)
        {
            subject.Error(item, tag, "Image Plane", "the directions of rows and columns are not at right angles");
        }
    }

    private static double Dot(IReadOnlyList<double> values, int left, int right) =>
        Enumerable.Range(0, 3).Sum(axis => values[(left * 3) + axis] * values[(right * 3) + axis]);
}
