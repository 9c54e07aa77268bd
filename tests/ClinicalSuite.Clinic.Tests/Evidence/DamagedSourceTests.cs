using System.Buffers.Binary;
using ClinicalSuite.Clinic.Tests.Labels;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;
using ClinicalSuite.Evidence.Labels;
using ClinicalSuite.Evidence.Volumes;
using Xunit;

namespace ClinicalSuite.Clinic.Tests.Evidence;

/// <summary>
/// Damage of fixed seeds in the files that the readers of volumes, segmentations and contours take: each is read, or refused with a
/// reason. Any other exception would end a run as a defect of this program.
/// </summary>
public sealed class DamagedSourceTests : IDisposable
{
    private static readonly int Mutants = Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1" ? 5000 : 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_slice_is_read_or_refused()
    {
        var path = new SyntheticCt().WriteTo(_folder.File("ct"))[5];

        Try(path, () =>
        {
            foreach (var series in StudyReader.Read([_folder.File("ct")]).Studies.SelectMany(study => study.Series))
            {
                VolumeReader.Read(series);
            }
        });
    }

    [Fact]
    public void A_damaged_enhanced_object_is_read_or_refused()
    {
        var path = _folder.File("enhanced.dcm");
        DicomFile.Create(EnhancedSeries.Make(new SyntheticCt())).Save(path);

        Try(path, () =>
        {
            foreach (var series in StudyReader.Read([path]).Studies.SelectMany(study => study.Series))
            {
                VolumeReader.Read(series);
            }
        });
    }

    [Fact]
    public void A_damaged_segmentation_is_read_or_refused()
    {
        using var ct = new LabelledCt();
        var path = ct.Segmentation(EvidenceKind.SegmentationParts);

        Try(path, () => LabelReader.Read(path, null, ct.Series));
    }

    [Fact]
    public void A_damaged_structure_set_is_read_or_refused()
    {
        using var ct = new LabelledCt();
        var path = StructureSetReaderTests.Save(ct, "Liver", [3, 4], [StructureSetReaderTests.Box(10.5, 10.5, 40.5, 30.5)]);

        Try(path, () => LabelReader.Read(path, null, ct.Series));
    }

    private static void Try(string path, Action read)
    {
        var original = File.ReadAllBytes(path);
        var random = new Random(7);
        read();
        var refused = 0;
        for (var count = 0; count < Mutants; count++)
        {
            File.WriteAllBytes(path, Damage(original, random));
            var outcome = Record.Exception(read);
            Assert.True(outcome is null or InputRefusedException, $"mutant {count}: {outcome}");
            refused += outcome is null ? 0 : 1;
        }

        Assert.InRange(refused, Mutants / 50, Mutants - 1);
    }

    /// <summary>Half of the damage goes to the header, where it does most; pixels are nearly all of the bytes.</summary>
    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var header = Math.Min(bytes.Length, 4000);
            var at = random.Next(132, random.Next(4) == 0 ? bytes.Length - 8 : header - 8);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    uint[] values = [0xFFFFFFFF, 0x7FFFFFFF, 0, 1, 65535, 0x80000000];
                    BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), values[random.Next(values.Length)]);
                    break;
                case 3:
                    // A digit of a number that is text, or a letter in its place.
                    var digit = bytes.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
                    if (digit >= 0)
                    {
                        bytes[at + digit] = "09,-.eE\\A"u8[random.Next(9)];
                    }

                    break;
                default:
                    bytes = random.Next(8) == 0 ? bytes[..at] : bytes;
                    break;
            }

            if (bytes.Length < 400)
            {
                break;
            }
        }

        return bytes;
    }
}
