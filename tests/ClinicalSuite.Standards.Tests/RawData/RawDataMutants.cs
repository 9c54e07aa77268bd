using System.Buffers.Binary;
using ClinicalSuite.RawData;
using Xunit;

namespace ClinicalSuite.Standards.Tests.RawData;

/// <summary>Damage of a fixed seed: only <see cref="RawDataFormatException"/> comes out; memory stays bounded.</summary>
internal static class RawDataMutants
{
    private const int Count = 4000;

    /// <param name="most">Bytes that reading one mutant may allocate.</param>
    public static void Survive(byte[] original, Action<byte[]> read, long most)
    {
        var random = new Random(1);
        var refused = 0;
        for (var count = 0; count < Count; count++)
        {
            var mutant = Damage(original, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(mutant);
            }
            catch (RawDataFormatException)
            {
                refused++;
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < most, $"{allocated} bytes for a file of {mutant.Length}, mutant {count}");
        }

        Assert.InRange(refused, Count / 10, Count);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 8; times--)
        {
            var at = random.Next(bytes.Length - 4);
            switch (random.Next(5))
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
                    uint[] words = [0xFFFFFFFF, 0x7FFFFFFF, 0x80000000, 0, 0x7F800000, 0x7FC00000, 0x39393939];
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), words[random.Next(words.Length)]);
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[(at / 2)..]];
                    break;
            }
        }

        return bytes;
    }
}
