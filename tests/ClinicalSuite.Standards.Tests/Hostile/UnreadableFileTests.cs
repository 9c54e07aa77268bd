using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using ClinicalSuite.TestKit.Hostile;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>A file that cannot be read is refused with tag path, offset and reason; a stream, a path and bytes in memory agree.</summary>
public sealed class UnreadableFileTests(ITestOutputHelper output)
{
    /// <summary>Reasons for which there is no tag to name.</summary>
    private static readonly string[] WithoutTag =
    [
        "the file is too short to be DICOM", "bytes after the last element", "no element was found", "cannot be inflated", "inflates beyond the limit",
        "the input ends inside a sequence",
    ];

    [Fact]
    public void Files_of_the_shared_data_are_refused_with_tag_path_and_offset() =>
        Judge(SharedData.DicomFiles("dicom").Select(path => (Path.GetFileName(path), File.ReadAllBytes(path))), fewest: 20);

    [Fact]
    public void Our_own_damaged_files_are_refused_with_tag_path_and_offset() =>
        Judge(HostileFiles.Monsters.Concat(HostileFiles.Damaged(seed: 3, count: 500)), fewest: 100);

    private void Judge(IEnumerable<(string Name, byte[] Bytes)> files, int fewest)
    {
        var (read, refused) = (0, 0);
        var scratch = Path.GetTempFileName();
        try
        {
            foreach (var (name, bytes) in files)
            {
                var problem = Problem(() => DicomFile.Open(bytes));
                File.WriteAllBytes(scratch, bytes);
                var onDisk = Problem(() => DicomFile.Open(scratch));
                var streamed = Problem(() => DicomFile.Open(new MemoryStream(bytes)));
                Assert.Equal(Place(problem), Place(onDisk));
                Assert.Equal(Place(problem), Place(streamed));
                if (problem is null)
                {
                    read++;
                    continue;
                }

                refused++;
                Assert.True(problem.Offset >= 0, $"{name}: {problem.Message}");
                Assert.True(problem.TagPath is not null || WithoutTag.Any(r => problem.Reason.Contains(r, StringComparison.Ordinal)),
                    $"{name}: {problem.Message}");
            }
        }
        finally
        {
            File.Delete(scratch);
        }

        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(refused >= fewest, $"{refused} refused");
    }

    /// <summary>Where an inflate bomb is stopped depends on how many bytes are read at a time.</summary>
    private static (string?, string?, long?) Place(DicomFormatException? problem) => (problem?.Reason, problem?.TagPath,
        problem?.Reason.Contains("inflates beyond", StringComparison.Ordinal) == true ? null : problem?.Offset);

    private static DicomFormatException? Problem(Func<DicomFile> open)
    {
        try
        {
            open();
            return null;
        }
        catch (DicomFormatException problem)
        {
            return problem;
        }
    }
}
