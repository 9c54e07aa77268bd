namespace ClinicalSuite.TestKit.Hostile;

/// <summary>An element of a made data set: a value, items of a sequence, or fragments of pixel data.</summary>
/// <param name="Items">Not null for a sequence.</param>
/// <param name="Fragments">Not null for encapsulated pixel data; the first is the offset table.</param>
/// <param name="IsUndefined">Sequence and items have undefined length and end by delimiters.</param>
public sealed record ElementNode(
    ushort Group, ushort Element, string VR, byte[] Value, IReadOnlyList<IReadOnlyList<ElementNode>>? Items = null,
    IReadOnlyList<byte[]>? Fragments = null, bool IsUndefined = false)
{
    public static ElementNode Of(ushort group, ushort element, string vr, params byte[] value) => new(group, element, vr, value);

    public static ElementNode Text(ushort group, ushort element, string vr, string text) =>
        new(group, element, vr, System.Text.Encoding.Latin1.GetBytes(text));

    public static ElementNode Sequence(
        ushort group, ushort element, bool isUndefined, params IReadOnlyList<ElementNode>[] items) =>
        new(group, element, "SQ", [], items, IsUndefined: isUndefined);

    /// <summary>Elements in elements, and the element itself.</summary>
    public int Count => 1 + (Items?.Sum(item => item.Sum(node => node.Count)) ?? 0);
}
