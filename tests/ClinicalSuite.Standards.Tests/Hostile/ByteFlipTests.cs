using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using ClinicalSuite.TestKit.Hostile;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>
/// Bytes are changed at random places of small whole files, and all that can be asked of what is read is asked: only
/// <see cref="DicomFormatException"/> comes out. A million files in full, a tenth of it otherwise.
/// </summary>
public sealed class ByteFlipTests
{
    private static readonly DicomReadOptions Limited = new() { MaximumInflatedBytes = 1 << 20 };

    [Fact]
    public void Files_with_changed_bytes_are_read_or_refused()
    {
        var read = 0;
        Campaign.Run(1_000_000, 100_000, number =>
        {
            var random = new Random(number);
            var (_, original) = SmallFiles.All[number % SmallFiles.All.Count];
            var bytes = Flip(original, random);
            try
            {
                var file = DicomFile.Open(bytes, Limited);
                MalformedInputTests.Touch(file.Dataset);
                Interlocked.Increment(ref read);
            }
            catch (DicomFormatException problem)
            {
                Assert.NotEmpty(problem.Reason);
            }
        });
        // Else the campaign looks at refusals alone.
        Assert.True(read > 10_000, $"{read} were read");
    }

    [Fact]
    public void The_files_are_readable_as_they_are_and_their_frames_too()
    {
        foreach (var (name, bytes) in SmallFiles.All)
        {
            var file = DicomFile.Open(bytes);
            Assert.True(file.Dataset.Count > 20, name);
            Assert.Equal(4, file.Dataset.GetInt(DicomTag.Rows));
            if (name != "fragments")
            {
                Assert.Equal(32, DicomPixelData.Create(file.Dataset).GetFrame(0).Length);
            }
        }
    }

    /// <summary>One to eight bytes anew, most in the data set; now and then a piece is taken out or doubled.</summary>
    private static byte[] Flip(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 9); times > 0; times--)
        {
            var at = random.Next(Math.Min(128, bytes.Length - 1), bytes.Length);
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                1 => (byte)random.Next(256),
                _ => bytes[random.Next(bytes.Length)],
            };
        }

        return random.Next(10) switch
        {
            0 => bytes[..random.Next(bytes.Length)],
            1 => [.. bytes[..random.Next(bytes.Length)], .. bytes[random.Next(bytes.Length)..]],
            _ => bytes,
        };
    }
}
