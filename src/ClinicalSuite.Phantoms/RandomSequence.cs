using ClinicalSuite.Imaging;

namespace ClinicalSuite.Phantoms;

/// <summary>The numbers of one <see cref="CounterRandom"/> stream one after the other, for code that runs on one thread.</summary>
public sealed class RandomSequence(ulong seed, ulong stream)
{
    private readonly CounterRandom _random = new(seed, stream);
    private ulong _counter;

    /// <summary>In [0, 1).</summary>
    public double Uniform() => _random.Uniform(_counter++);

    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>Mean 0, standard deviation 1 (Box and Muller 1958).</summary>
    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Each coordinate uniform within +-<paramref name="reach"/>.</summary>
    public Point3 Offset(double reach) => new(Uniform(-reach, reach), Uniform(-reach, reach), Uniform(-reach, reach));
}
