using ClinicalSuite.Cli.Demo;
using ClinicalSuite.Dicom;
using ClinicalSuite.Imaging;
using ClinicalSuite.Store.Benchmarks;
using ClinicalSuite.Vessels;

namespace ClinicalSuite.Cli.Benchmarks;

/// <summary>The kernels, by hand.</summary>
internal static class BenchmarkCatalog
{
    // The size of a CT slice of 512 x 512 pixels.
    private const int ObjectBytes = 525_000;
    private const int ObjectsPerRun = 200;

    public static readonly IReadOnlyList<Benchmark> All =
    [
        new("dicom-parse", "every element of every DICOM file of --input (default dicom-samples), pixels read", DicomParse),
        new("durable-write", $"bare loop: {ObjectsPerRun} objects of {ObjectBytes} bytes written durably, --threads writers, below --input",
            DurableWrite),
        new("vesselness256", "tubes of 1.5, 3 and 6 mm in 256^3 voxels of 0.8 mm", Vesselness256),
    ];

    private static PreparedRun DicomParse(BenchmarkInput input)
    {
        IReadOnlyList<string> folders = input.Folder is { } folder ? [folder] : Samples.Find();
        var files = folders.SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)).Where(IsDicom).ToList();
        if (files.Count == 0)
        {
            throw new FileNotFoundException("no DICOM file to read; give a folder of them by --input");
        }

        // One unmeasured reading first: a damaged file is named by its own exception, not by one of many inside another.
        files.ForEach(Read);
        return new PreparedRun(files.Sum(path => new FileInfo(path).Length), () => Parallel.ForEach(
            files, new ParallelOptions { MaxDegreeOfParallelism = input.Threads }, Read));
    }

    private static void Read(string path) => Touch(DicomFile.Open(path).Dataset);

    private static bool IsDicom(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[132];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[128..].SequenceEqual("DICM"u8);
    }

    /// <summary>Asks for each value, so that nothing is left unread.</summary>
    private static long Touch(DicomDataset dataset)
    {
        long bytes = 0;
        foreach (var element in dataset)
        {
            bytes += element is DicomSequence sequence ? sequence.Items.Sum(Touch)
                : element is DicomFragmentSequence fragments ? fragments.Fragments.Count
                : dataset.GetBytes(element.Tag).Length;
        }

        return bytes;
    }

    private static PreparedRun DurableWrite(BenchmarkInput input)
    {
        var loop = new BareDurableLoop(input.Folder ?? Path.GetTempPath(), ObjectBytes);
        return new PreparedRun((long)ObjectBytes * ObjectsPerRun, () => loop.Run(ObjectsPerRun, input.Threads), loop.Dispose);
    }

    private static PreparedRun Vesselness256(BenchmarkInput input)
    {
        var shape = new GridShape(256, 256, 256);
        var image = new float[shape.Count];
        var random = new Random(1);
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = random.NextSingle();
        }

        var result = new float[shape.Count];
        return new PreparedRun(
            (long)image.Length * sizeof(float), () => Vesselness.Tubes(image, shape, 0.8, [1.5, 3, 6], input.Threads, result));
    }
}
