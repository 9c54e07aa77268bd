using System.Globalization;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>How long the long campaigns are: in full where <c>CLINICALSUITE_FULL=1</c>, a bounded share otherwise.</summary>
internal static class Campaign
{
    public static bool IsFull => Environment.GetEnvironmentVariable("CLINICALSUITE_FULL") == "1";

    /// <summary>Runs numbered trials on all processors; the first that fails ends it, with its number.</summary>
    public static void Run(int full, int share, Action<int> trial)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, IsFull ? full : share, options, number =>
        {
            try
            {
                trial(number);
            }
            catch (Exception problem)
            {
                // Any exception is a finding; what is wanted is its seed.
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"trial {number}: {problem.Message}"), problem);
            }
        });
    }
}
