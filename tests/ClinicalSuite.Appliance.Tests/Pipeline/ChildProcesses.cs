using System.Globalization;
using ClinicalSuite.Pipeline.Execution;

namespace ClinicalSuite.Appliance.Tests.Pipeline;

internal static class ChildProcesses
{
    /// <summary>Ids of processes that execute an order of a data folder. The command line of a zombie is empty.</summary>
    public static List<int> Of(string dataFolder)
    {
        var found = new List<int>();
        foreach (var process in Directory.GetDirectories("/proc").Where(p => char.IsDigit(Path.GetFileName(p)[0])))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.Contains(ChildAnalysis.Verb, StringComparison.Ordinal)
                    && command.Contains(dataFolder, StringComparison.Ordinal))
                {
                    found.Add(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It ended between the listing and the reading.
            }
        }

        return found;
    }
}
