using ClinicalSuite.Dicom;
using ClinicalSuite.Standards.Tests.Dicom;
using ClinicalSuite.TestKit.Hostile;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>
/// Trees of elements, written after PS3.5 by other code than ours and damaged at one chosen element or item. A tree that fails is
/// shrunk to a small one.
/// </summary>
public sealed class ElementTreeTests(ITestOutputHelper output)
{
    private static readonly string[] Representations =
        ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OW", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "UN", "US", "UT"];

    [Fact]
    public void A_tree_damaged_at_one_place_is_read_or_refused_with_its_offset()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Campaign.IsFull ? 50_000 : 3_000).WithEndSize(30);
        Prop.ForAll(Trees(), sample => IsReadOrRefused(sample.Bytes())).Check(config);
    }

    [Fact]
    public void A_tree_without_damage_is_read_whole()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(30);
        Prop.ForAll(Trees(), sample =>
        {
            var file = DicomFile.Open((sample with { Damage = Damage.None }).Bytes());
            return file.Dataset.Count == sample.Tree.Select(node => (node.Group, node.Element)).Distinct().Count();
        }).Check(config);
    }

    [Fact]
    public void Monsters_are_refused_or_read_within_bounded_memory()
    {
        foreach (var (name, bytes) in HostileFiles.Monsters)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(IsReadOrRefused(bytes), name);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 4_000_000, $"{name}: {allocated} bytes allocated for {bytes.Length}");
            output.WriteLine($"{name}: {bytes.Length} bytes, {allocated} allocated");
        }

        var nest = Assert.Throws<DicomFormatException>(() => DicomFile.Open(HostileFiles.Nest(500, isClosed: true)));
        Assert.Contains("nested more than 64 deep", nest.Message, StringComparison.Ordinal);
        Assert.NotNull(nest.TagPath);
        Assert.NotNull(nest.Offset);
        var huge = Assert.Throws<DicomFormatException>(() => DicomFile.Open(HostileFiles.PixelsOfLength(0xFFFFFFFE)));
        Assert.Equal("(7FE0,0010)", huge.TagPath);
        Assert.Contains("4294967294 bytes where 64 remain", huge.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_damage_in_every_syntax_is_survived()
    {
        foreach (var (name, bytes) in HostileFiles.Damaged(seed: 1, count: Campaign.IsFull ? 100_000 : 5_000))
        {
            Assert.True(IsReadOrRefused(bytes), name);
        }
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            MalformedInputTests.Touch(DicomFile.Open(bytes).Dataset);
            return true;
        }
        catch (DicomFormatException problem)
        {
            return problem.Offset is >= 0 && problem.Offset <= bytes.Length;
        }
    }

    private static Arbitrary<DamagedTree> Trees()
    {
        var generator =
            from tree in Gen.Sized(size => Nodes(size, 0))
            from kind in Gen.Elements(Enum.GetValues<DamageKind>())
            from place in Gen.Choose(0, 2 * Math.Max(1, tree.Sum(node => node.Count)))
            from seed in Gen.Choose(0, int.MaxValue)
            from syntax in Gen.Choose(0, 2)
            select new DamagedTree(tree, new Damage(kind, place, HostileFiles.Argument(new Random(seed))), syntax);
        return Arb.From(generator, Smaller);
    }

    private static IEnumerable<DamagedTree> Smaller(DamagedTree sample) =>
        Enumerable.Range(0, sample.Tree.Count).Select(out_ => sample with { Tree = [.. sample.Tree.Where((_, i) => i != out_)] })
            .Concat(sample.Tree.SelectMany(node => node.Items ?? []).Select(item => sample with { Tree = item }))
            .Concat(sample.Damage.Place > 0 ? [sample with { Damage = sample.Damage with { Place = sample.Damage.Place / 2 } }] : []);

    private static Gen<IReadOnlyList<ElementNode>> Nodes(int size, int depth) =>
        from count in Gen.Choose(0, Math.Max(1, size / (depth + 1)))
        from nodes in Gen.ArrayOf(Node(size, depth), count)
        select (IReadOnlyList<ElementNode>)[.. nodes.OrderBy(node => node.Group).ThenBy(node => node.Element)];

    private static Gen<ElementNode> Node(int size, int depth)
    {
        var leaf =
            from vr in Gen.Elements(Representations)
            from element in Gen.Choose(0x1000, 0x10FF)
            from bytes in Gen.ArrayOf(Gen.Choose(0, 255))
            select ElementNode.Of(0x0077, (ushort)element, vr, [.. bytes.Take(bytes.Length / 8 * 8).Select(b => (byte)b)]);
        if (depth > 4)
        {
            return leaf;
        }

        var sequence =
            from element in Gen.Choose(0x1000, 0x10FF)
            from isUndefined in Gen.Elements(true, false)
            from count in Gen.Choose(0, 3)
            from items in Gen.ArrayOf(Nodes(size / 2, depth + 1), count)
            select ElementNode.Sequence(0x0079, (ushort)element, isUndefined, items);
        return Gen.Frequency((3, leaf), (1, sequence));
    }

    /// <summary>Explicit, implicit or big endian by <paramref name="Syntax"/>.</summary>
    private sealed record DamagedTree(IReadOnlyList<ElementNode> Tree, Damage Damage, int Syntax)
    {
        public byte[] Bytes() => Syntax switch
        {
            0 => new TreeWriter().WriteFile(SmallFiles.Explicit, Tree, Damage),
            1 => new TreeWriter(isBigEndian: true).WriteFile(SmallFiles.BigEndian, Tree, Damage),
            // In implicit VR a private sequence of defined length is a value: nothing says that it is one.
            _ => new TreeWriter(isExplicit: false).WriteFile(SmallFiles.Implicit, Tree, Damage),
        };
    }
}
