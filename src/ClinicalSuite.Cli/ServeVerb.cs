using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;

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
            + "its password printed once, unless the settings file gives one. clinicalsuite.sample.json shows all settings.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (settings, complaint) = ServeSettings.Read(arguments);
        if (settings is null)
        {
            return VerbSwitch.Misused(Description, complaint!);
        }

        await using var app = Appliance.Build(settings, Console.Error);
        await app.StartAsync(CancellationToken.None);
        Console.Out.WriteLine($"ClinicalSuite serves as {settings.AeTitle}; research use; not clinically validated");
        foreach (var (name, address) in Listeners.Addresses(app.Services))
        {
            Console.Out.WriteLine($"  {name,-9} {address}");
        }

        if (settings.Accept.Contains(AcceptRule.Anyone))
        {
            Console.Error.WriteLine("warning: --accept ANY: every AE title from every address may store");
        }

        await Interrupt.WaitAsync(cancellation);
        await app.StopAsync(CancellationToken.None);
        return ExitStatus.Done;
    }
}
