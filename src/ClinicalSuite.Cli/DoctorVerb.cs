using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Doctor;

namespace ClinicalSuite.Cli;

/// <summary>Site acceptance: whether this machine and its neighbours are fit for the appliance.</summary>
internal sealed class DoctorVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "doctor",
        Summary = "site acceptance: ports, AE echo, TLS, MLLP, disk, clock, fonts, codecs, libraries",
        Options = ServeSettings.Options,
        Remarks = "Takes the options of serve, so that it looks at what will be used. Works beside a running appliance.\n"
            + "Exit status 0 when nothing failed, 1 otherwise.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (settings, complaint) = ServeSettings.Read(arguments);
        if (settings is null)
        {
            return VerbSwitch.Misused(Description, complaint!);
        }

        var checks = new List<Check>();
        foreach (var check in MachineChecks.Run(settings.DataFolder).Concat(CodecChecks.Run(settings)).Concat(PortChecks.Run(settings)))
        {
            Add(checks, check);
        }

        foreach (var check in await PeerChecks.RunAsync(settings, cancellation))
        {
            Add(checks, check);
        }

        var failed = checks.Count(check => check.State == CheckState.Fail);
        var warnings = checks.Count(check => check.State == CheckState.Warn);
        Console.Out.WriteLine($"{checks.Count} checks, {failed} failed, {warnings} warnings");
        return failed == 0 ? ExitStatus.Done : ExitStatus.Failed;
    }

    private static void Add(List<Check> checks, Check check)
    {
        checks.Add(check);
        Console.Out.WriteLine(check);
    }
}
