using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>Two files with the same content, whatever the encoding of lengths and the meta information before it.</summary>
internal static class DatasetBytes
{
    /// <summary>Every element with its bytes, in every item of every sequence: the content of an SR and all pixels are among them.</summary>
    public static void AssertSame(string expected, string actual) => Assert.Equal(
        Lines(DicomFile.Open(expected).Dataset, "").ToList(), Lines(DicomFile.Open(actual).Dataset, ""));

    private static IEnumerable<string> Lines(DicomDataset dataset, string path)
    {
        foreach (var element in dataset)
        {
            var name = $"{path}{element.Tag} {element.VR}";
            if (element is not DicomSequence sequence)
            {
                yield return $"{name} {Convert.ToHexString(dataset.GetBytes(element.Tag).Span)}";
                continue;
            }

            yield return $"{name} {sequence.Items.Count} items";
            for (var i = 0; i < sequence.Items.Count; i++)
            {
                foreach (var line in Lines(sequence.Items[i], $"{path}{element.Tag}[{i}] "))
                {
                    yield return line;
                }
            }
        }
    }
}
