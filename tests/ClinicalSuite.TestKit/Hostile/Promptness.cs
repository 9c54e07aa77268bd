using System.Globalization;

namespace ClinicalSuite.TestKit.Hostile;

/// <summary>What counts as at once.</summary>
public static class Promptness
{
    /// <summary>A fresh association with C-ECHO: a second, or more where this machine has far more to do than it has processors.</summary>
    public static TimeSpan Limit => TimeSpan.FromSeconds(Load > 2 * Environment.ProcessorCount ? 15 : 1);

    private static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
