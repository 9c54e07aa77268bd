using System.Globalization;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>Whole numbers for comparing; one that cannot be read is none, and is found at fault where values are checked.</summary>
internal static class Numbers
{
    public static long? First(DicomDataset item, DicomTag tag) => All(item, tag) is [var first, ..] ? first : null;

    public static IReadOnlyList<long> All(DicomDataset item, DicomTag tag)
    {
        var numbers = new List<long>();
        foreach (var text in TextValues.Of(item, tag))
        {
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                return [];
            }

            numbers.Add(number);
        }

        return numbers;
    }

    public static IReadOnlyList<double> Decimals(DicomDataset item, DicomTag tag)
    {
        var numbers = new List<double>();
        foreach (var text in TextValues.Of(item, tag))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return [];
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
