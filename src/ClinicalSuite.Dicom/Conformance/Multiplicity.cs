using System.Globalization;

namespace ClinicalSuite.Dicom.Conformance;

/// <summary>How many values or items (PS3.6): <c>1</c>, <c>2-n</c>, <c>2-2n</c>, <c>1-3</c>.</summary>
internal readonly record struct Multiplicity(int Least, int Most, int Step)
{
    public static Multiplicity Parse(string text)
    {
        var parts = text.Split('-');
        var least = int.Parse(parts[0], CultureInfo.InvariantCulture);
        if (parts.Length == 1)
        {
            return new Multiplicity(least, least, 1);
        }

        return parts[1].EndsWith('n')
            ? new Multiplicity(least, int.MaxValue, parts[1].Length > 1 ? int.Parse(parts[1][..^1], CultureInfo.InvariantCulture) : 1)
            : new Multiplicity(least, int.Parse(parts[1], CultureInfo.InvariantCulture), 1);
    }

    public bool Allows(long count) => count >= Least && count <= Most && (Step == 1 || count % Step == 0);

    public override string ToString() => Least == Most ? $"{Least}"
        : Most < int.MaxValue ? $"{Least}-{Most}"
        : Step > 1 ? $"{Least}-{Step}n"
        : $"{Least}-n";
}
