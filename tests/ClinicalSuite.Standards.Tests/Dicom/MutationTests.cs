using System.Buffers.Binary;
using ClinicalSuite.Dicom;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Damage of fixed seeds: only <see cref="DicomFormatException"/> comes out; memory stays bounded.</summary>
public class MutationTests
{
    private const int MutantsPerFile = 1000;
    private const int TouchedOf = 5;
    private const int InflatedBytes = 1 << 20;

    private static readonly DicomReadOptions Limited = new() { MaximumInflatedBytes = InflatedBytes };

    public static TheoryData<string> Syntaxes => new(
        DicomUID.ImplicitVRLittleEndian, DicomUID.ExplicitVRLittleEndian, DicomUID.DeflatedExplicitVRLittleEndian,
        DicomUID.RLELossless);

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public void Mutants_are_read_or_refused_within_bounded_memory(string syntax)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var original = Original(seed, DicomTransferSyntax.Of(syntax));
            var random = new Random(seed);
            for (var count = 0; count < MutantsPerFile; count++)
            {
                var mutant = Damage(original, random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    var file = DicomFile.Open(mutant, Limited);
                    DicomFile.Open(new MemoryStream(mutant), Limited with { StopBefore = DicomTag.PixelData });
                    if (count % TouchedOf == 0)
                    {
                        MalformedInputTests.Touch(file.Dataset);
                    }
                }
                catch (DicomFormatException)
                {
                    // Refused with a reason: one of the two good ends.
                }

                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                // The worst input is empty items: eight bytes make an object of about 110, and it is parsed twice here.
                Assert.True(allocated < 32L * (mutant.Length + InflatedBytes),
                    $"{allocated} bytes for a file of {mutant.Length}, seed {seed}, mutant {count}");
            }
        }
    }

    private static byte[] Original(int seed, DicomTransferSyntax syntax)
    {
        var dataset = RandomDatasets.Create(seed, 60);
        foreach (var element in PixelTests.Image(8, 8, 1, 16, false, 2, new byte[256]))
        {
            dataset.AddOrUpdate(element);
        }

        if (syntax.IsEncapsulated)
        {
            dataset = DicomPixelData.Encode(dataset, DicomTransferSyntax.RLELossless);
        }

        using var stream = new MemoryStream();
        DicomFile.Create(dataset, syntax).Save(stream);
        return stream.ToArray();
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(128, bytes.Length - 8);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    uint[] lengths = [0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 0x80000000, 0, 1, 65535];
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), lengths[random.Next(lengths.Length)]);
                    break;
                case 4:
                    ReadOnlySpan<byte> delimiters = [0xFE, 0xFF, 0x0D, 0xE0, 0xFE, 0xFF, 0xDD, 0xE0];
                    delimiters.CopyTo(bytes.AsSpan(at));
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[(at / 2)..]];
                    break;
            }

            if (bytes.Length < 140)
            {
                break;
            }
        }

        return bytes;
    }
}
