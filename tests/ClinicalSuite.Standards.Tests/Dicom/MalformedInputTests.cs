using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

public class MalformedInputTests(ITestOutputHelper output)
{
    [Fact]
    public void Damaged_files_are_read_or_refused_by_name()
    {
        var read = 0;
        var refused = 0;
        foreach (var path in SharedData.DicomFiles("dicom/malformed/files")
            .Concat(SharedData.DicomFiles("dicom/corrupt")))
        {
            try
            {
                var file = DicomFile.Open(path);
                Touch(file.Dataset);
                read++;
                output.WriteLine($"read     {Path.GetFileName(path)}  {string.Join("; ", file.Remarks.Take(3))}");
            }
            catch (DicomFormatException problem)
            {
                refused++;
                output.WriteLine($"refused  {problem.Message}");
            }
        }

        Assert.True(read > 20 && refused > 20, $"{read} read, {refused} refused");
    }

    /// <summary>Asks for every value in every form.</summary>
    internal static void Touch(DicomDataset dataset)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Touch(item);
                }

                continue;
            }

            Try(() => dataset.GetStrings(element.Tag));
            Try(() => dataset.GetDoubles(element.Tag));
            Try(() => dataset.GetInts(element.Tag));
            Try(() => dataset.GetTags(element.Tag));
            Try(() => dataset.TryGetPersonName(element.Tag, out _));
        }

        Try(() => TouchPixels(DicomPixelData.Create(dataset)));
    }

    /// <summary>Every frame, in each form that it has, of an image that is no larger than a test needs.</summary>
    private static int TouchPixels(DicomPixelData image)
    {
        if (image.SamplesPerFrame > 1 << 20)
        {
            return 0;
        }

        for (var frame = 0; frame < Math.Min(image.NumberOfFrames, 4); frame++)
        {
            var at = frame;
            Try(() => image.GetFrame(at).Length);
            Try(() =>
            {
                image.ReadValues(at, new float[image.SamplesPerFrame]);
                return 0;
            });
            Try(() => image.WindowsOf(at));
            Try(() => image.GetRgbFrame(at));
        }

        return 0;
    }

    private static void Try<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (DicomFormatException)
        {
            // The one exception that unreadable values may raise; any other ends the test.
        }
    }
}
