using ClinicalSuite.Dicom;

namespace ClinicalSuite.Standards.Tests.Dicom;

/// <summary>Data sets of every VR, nested, private elements included; the same for the same seed.</summary>
internal static class RandomDatasets
{
    private static readonly string[] Words = ["Wang", "李", "Jérôme", "", "a b", "x^y=z", "ΩΩ", "한국", "\U00020000"];

    private static readonly DicomVR[] Representations =
    [
        DicomVR.AE, DicomVR.AS, DicomVR.AT, DicomVR.CS, DicomVR.DA, DicomVR.DS, DicomVR.DT, DicomVR.FD, DicomVR.FL,
        DicomVR.IS, DicomVR.LO, DicomVR.LT, DicomVR.OB, DicomVR.OD, DicomVR.OF, DicomVR.OL, DicomVR.OV, DicomVR.OW,
        DicomVR.PN, DicomVR.SH, DicomVR.SL, DicomVR.SQ, DicomVR.SS, DicomVR.ST, DicomVR.SV, DicomVR.TM, DicomVR.UC,
        DicomVR.UI, DicomVR.UL, DicomVR.UN, DicomVR.UR, DicomVR.US, DicomVR.UT, DicomVR.UV,
    ];

    public static DicomDataset Create(int seed, int size)
    {
        var dataset = Fill(new Random(seed), size, depth: 0);
        return dataset
            .AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.RawDataStorage)
            .AddOrUpdate(DicomTag.SOPInstanceUID, DicomUID.FromSeed("random"));
    }

    private static DicomDataset Fill(Random random, int size, int depth)
    {
        var dataset = new DicomDataset().AddOrUpdate(DicomVR.LO, new DicomTag(0x0077, 0x0010), "RANDOM");
        for (var count = random.Next(size + 1); count > 0; count--)
        {
            var vr = Representations[random.Next(Representations.Length)];
            // A private block: the dictionary must not know the type better than the data set does.
            var tag = new DicomTag(0x0077, (ushort)random.Next(0x1000, 0x10FF));
            Add(dataset, random, vr, tag, size, depth);
        }

        return dataset;
    }

    private static void Add(DicomDataset dataset, Random random, DicomVR vr, DicomTag tag, int size, int depth)
    {
        if (vr == DicomVR.SQ)
        {
            var items = depth < 4 ? random.Next(3) : 0;
            dataset.AddOrUpdate(
                tag, [.. Enumerable.Range(0, items).Select(_ => Fill(random, size / 2, depth + 1))]);
        }
        else if (vr == DicomVR.DS)
        {
            dataset.AddOrUpdate(vr, tag, random.NextDouble() * Math.Pow(10, random.Next(-30, 30)), -random.Next());
        }
        else if (vr == DicomVR.IS || vr == DicomVR.SL || vr == DicomVR.SV)
        {
            dataset.AddOrUpdate(vr, tag, random.Next() - 1_000_000_000, random.Next());
        }
        else if (vr == DicomVR.UI)
        {
            dataset.AddOrUpdate(vr, tag, DicomUID.FromSeed(random.Next().ToString("x")));
        }
        else if (vr.UsesCharacterSet)
        {
            var words = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Words[random.Next(Words.Length)]);
            dataset.AddOrUpdate(vr, tag, vr.IsSingleText ? [string.Concat(words)] : [.. words]);
        }
        else if (vr.IsText)
        {
            dataset.AddOrUpdate(vr, tag, $"{random.Next(10_000_000, 99_999_999)}"[..4]);
        }
        else
        {
            // An even number of bytes: padding would be part of the value read back.
            var bytes = new byte[Math.Max(vr.UnitBytes, 2) * random.Next(5)];
            random.NextBytes(bytes);
            dataset.AddOrUpdate(vr, tag, bytes);
        }
    }
}
