namespace ClinicalSuite.Imaging;

/// <summary>Splits independent items over threads.</summary>
public static class WorkSplit
{
    // Enough pieces that two unequal cores end together, few enough that handing them out costs nothing.
    private const int Pieces = 16;

    /// <summary>
    /// Calls <paramref name="body"/> with consecutive ranges [from, to) that cover 0..count. The ranges do not depend on
    /// <paramref name="threads"/>; where each item is computed alone, neither does any result.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread.</exception>
    public static void Run(int count, int threads, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var pieces = Math.Min(Pieces, count);
        if (threads == 1 || pieces <= 1)
        {
            for (var piece = 0; piece < pieces; piece++)
            {
                body(Bound(piece), Bound(piece + 1));
            }

            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.For(0, pieces, options, piece => body(Bound(piece), Bound(piece + 1)));

        int Bound(int piece) => (int)((long)count * piece / pieces);
    }
}
