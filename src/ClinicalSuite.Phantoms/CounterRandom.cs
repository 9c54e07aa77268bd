namespace ClinicalSuite.Phantoms;

/// <summary>
/// Random numbers that depend on (seed, stream, counter) alone, so that any thread may ask for any of them in any order:
/// the finaliser of SplitMix64 (Steele, Lea and Flood 2014) over the counter.
/// </summary>
public readonly struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _key;

    public CounterRandom(ulong seed, ulong stream) => _key = Mix(Mix(seed + Golden) ^ (stream * 0xD1B54A32D192ED03));

    public ulong Bits(ulong counter) => Mix(_key + (counter * Golden));

    /// <summary>In [0, 1).</summary>
    public double Uniform(ulong counter) => (Bits(counter) >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// Mean 0, variance 1: the sum of four uniform numbers out of one hash. For noise that is filtered afterwards, which
    /// makes it Gaussian; alone it never exceeds 3.5.
    /// </summary>
    public float Noise(ulong counter)
    {
        var bits = Bits(counter);
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (float)((sum - 131070) * (1.0 / 37837.2));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
