using System.Buffers.Binary;
using System.Diagnostics;
using ClinicalSuite.Acceptance.Tests.Loop;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pixels;

/// <summary>Native decoders in processes of their own: the same pixels, and whatever a frame does to them, the caller goes on.</summary>
public sealed class FrameDecoderPoolTests
{
    private static readonly string[] Native =
        [DicomUID.JPEG2000Lossless, DicomUID.JPEGLSLossless, DicomUID.JPEGBaseline8Bit];

    [Fact]
    public void Frames_come_back_as_they_are_decoded_in_process()
    {
        using var pool = new FrameDecoderPool(ServingAppliance.Program);
        foreach (var syntax in Native)
        {
            var (frame, encoded, cells) = SampleImages.Encoded(syntax);

            Assert.Equal(cells, pool.Decode(frame, encoded));
        }
    }

    [Fact]
    public void Many_callers_share_few_processes()
    {
        var (frame, encoded, cells) = SampleImages.Encoded(DicomUID.JPEG2000Lossless);
        using var pool = new FrameDecoderPool(
            ServingAppliance.Program, FrameDecoderLimits.Default with { Processes = 2, FramesPerProcess = 20 });

        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            Assert.Equal(cells, pool.Decode(frame, encoded)));

        Assert.InRange(Children(), 0, 2);
    }

    /// <summary>Bytes flipped, cut, overwritten with extremes; the pool stays whole and says why.</summary>
    [Fact]
    public void Damaged_frames_are_refused_with_a_reason_and_the_next_good_one_is_decoded()
    {
        var mutants = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1" ? 5000 : 60;
        using var pool = new FrameDecoderPool(ServingAppliance.Program, FrameDecoderLimits.Default with
        {
            MemoryBytes = 1L << 30,
            Time = TimeSpan.FromSeconds(5),
        });
        var ends = new Dictionary<string, int>();
        foreach (var syntax in Native)
        {
            var random = new Random(11);
            var (frame, encoded, cells) = SampleImages.Encoded(syntax);
            for (var count = 0; count < mutants; count++)
            {
                try
                {
                    Assert.Equal(frame.FrameBytes, pool.Decode(frame, Damage(encoded, random)).Length);
                }
                catch (DicomFormatException refusal)
                {
                    Assert.NotEmpty(refusal.Reason);
                    var key = $"{DicomUID.NameOf(syntax)}: {refusal.Reason}";
                    ends[key] = ends.GetValueOrDefault(key) + 1;
                }
            }

            Assert.Equal(cells, pool.Decode(frame, encoded));
        }

        foreach (var (reason, count) in ends.OrderByDescending(end => end.Value))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{count,6}  {reason}");
        }
    }

    /// <summary>A frame as large as its header and its data set say, of which nothing comes: it must cost the child, not us.</summary>
    [Fact]
    public void A_frame_that_would_take_all_memory_ends_its_process_only()
    {
        var (frame, encoded, cells) = SampleImages.Encoded(DicomUID.JPEG2000Lossless);
        var huge = encoded.ToArray();
        foreach (var place in new[] { 8, 12, 24, 28 })
        {
            // Width, height, and one tile of that size (ITU-T T.800 A.5.1).
            BinaryPrimitives.WriteUInt32BigEndian(huge.AsSpan(place), 30_000);
        }

        using var pool = new FrameDecoderPool(
            ServingAppliance.Program, FrameDecoderLimits.Default with { MemoryBytes = 1L << 29 });
        var before = Process.GetCurrentProcess().WorkingSet64;

        var refusal = Assert.Throws<DicomFormatException>(
            () => pool.Decode(frame with { Columns = 30_000, Rows = 30_000 }, huge));

        TestContext.Current.TestOutputHelper?.WriteLine(refusal.Reason);
        Assert.InRange(Process.GetCurrentProcess().WorkingSet64 - before, long.MinValue, 200L << 20);
        Assert.Equal(cells, pool.Decode(frame, encoded));
    }

    [Fact]
    public void A_process_that_is_killed_while_it_has_no_work_is_replaced()
    {
        var (frame, encoded, cells) = SampleImages.Encoded(DicomUID.JPEGLSLossless);
        using var pool = new FrameDecoderPool(ServingAppliance.Program);
        pool.Decode(frame, encoded);
        foreach (var child in ChildIds())
        {
            using var process = Process.GetProcessById(child);
            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal(cells, pool.Decode(frame, encoded));
    }

    [Fact]
    public void A_process_that_is_not_done_in_time_is_ended_and_the_frame_refused()
    {
        var (frame, encoded, _) = SampleImages.Encoded(DicomUID.JPEGLSLossless);
        // The first frame of a process waits for its library to be loaded: longer than a millisecond.
        using var pool = new FrameDecoderPool(
            ServingAppliance.Program, FrameDecoderLimits.Default with { Time = TimeSpan.FromMilliseconds(1) });

        var refusal = Assert.Throws<DicomFormatException>(() => pool.Decode(frame, encoded));

        Assert.Contains("was not done with the frame", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_disagrees_with_the_data_set_is_refused_with_the_attribute()
    {
        var (frame, encoded, _) = SampleImages.Encoded(DicomUID.JPEG2000Lossless);
        using var pool = new FrameDecoderPool(ServingAppliance.Program);

        var refusal = Assert.Throws<DicomFormatException>(() => pool.Decode(frame with { Rows = 47 }, encoded));

        Assert.Equal(DicomTag.Rows.ToString(), refusal.TagPath);
        Assert.Contains("47 rows where the frame itself has 48", refusal.Reason, StringComparison.Ordinal);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            // Headers decide what is allocated: half of the damage goes there.
            var at = random.Next(2, random.Next(2) == 0 ? Math.Min(120, bytes.Length) : bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0;
                    break;
                case 2:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes = bytes.Length > 200 ? bytes[..Math.Max(150, at)] : bytes;
                    break;
            }
        }

        return bytes;
    }

    private static int Children() => ChildIds().Count;

    /// <summary>Decoding processes of this process: children of prlimit's, which becomes the program.</summary>
    private static List<int> ChildIds() => [.. Directory.GetDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && IsOurs(folder))
        .Select(folder => int.Parse(Path.GetFileName(folder), null))];

    private static bool IsOurs(string folder)
    {
        try
        {
            var parent = File.ReadLines(Path.Combine(folder, "status")).First(line => line.StartsWith("PPid:", StringComparison.Ordinal));
            return int.Parse(parent[5..], null) == Environment.ProcessId
                && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(FrameDecodingChild.Verb, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended between the listing and the reading.
            return false;
        }
    }
}
