using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using Microsoft.Extensions.Hosting.Systemd;

namespace ClinicalSuite.Cli;

/// <summary>Runs the appliance until it is told to stop.</summary>
internal sealed class ServeVerb : IVerb
{
    public VerbDescription Description { get; } = new()
    {
        Name = "serve",
        Summary = "run the appliance: receives studies, analyses them, delivers results, shows pages",
        Options = ServeSettings.Options,
        Remarks = "Pages listen on loopback without sign-in. On any other address an administrator is made at the first start and\n"
            + "its password printed once, unless the settings file gives one.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (settings, complaint) = ServeSettings.Read(arguments);
        if (settings is null)
        {
            return VerbSwitch.Misused(Description, complaint!);
        }

        await using var app = Appliance.Build(settings, Console.Error);
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (IOException problem)
        {
            // A port or the data folder is in use: the message says which.
            Console.Error.WriteLine($"clinicalsuite: {problem.Message}");
            return ExitStatus.Failed;
        }

        Console.Out.WriteLine($"ClinicalSuite serves as {settings.AeTitle}; research use; not clinically validated");
        foreach (var (name, address) in Listeners.Addresses(app.Services))
        {
            Console.Out.WriteLine($"  {name,-9} {address}");
        }

        if (settings.Accept.Contains(AcceptRule.Anyone))
        {
            Console.Error.WriteLine("warning: --accept ANY: every AE title from every address may store");
        }

        if (settings.IsWebInTheClear)
        {
            Console.Error.WriteLine(
                "warning: pages go over the network in plain HTTP: passwords and patients' images can be read on the way; name a\n"
                + "certificate in the settings (tls, with web: true), or listen on loopback behind a proxy that speaks TLS");
        }

        // READY=1 once everything listens (sd_notify(3)); without systemd above it does nothing.
        new SystemdNotifier().Notify(ServiceState.Ready);
        var isAsked = await app.WaitForEndAsync(cancellation);
        new SystemdNotifier().Notify(ServiceState.Stopping);
        await app.StopAsync(CancellationToken.None);
        if (!isAsked)
        {
            Console.Error.WriteLine("clinicalsuite: a part of the appliance could not go on; the log says why");
        }

        return isAsked ? ExitStatus.Done : ExitStatus.Failed;
    }
}
