namespace ClinicalSuite.TestKit.Hostile;

/// <summary>One damage.</summary>
/// <param name="Place">Number of the element or item, in writing order.</param>
/// <param name="Argument">A length, or two letters.</param>
public readonly record struct Damage(DamageKind Kind, int Place, uint Argument)
{
    public static readonly Damage None = new(DamageKind.None, 0, 0);
}
