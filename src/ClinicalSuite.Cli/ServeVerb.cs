using System.Text.Json;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli;

/// <summary>Runs the appliance until it is told to stop.</summary>
internal sealed class ServeVerb : IVerb
{
    internal const string DefaultDataFolder = "clinicalsuite-data";

    public VerbDescription Description { get; } = new()
    {
        Name = "serve",
        Summary = "run the appliance: receives studies, analyses them, delivers results, shows pages",
        Options =
        [
            Option.Text("--data", "DIR", $"where everything is kept that survives a restart (default {DefaultDataFolder})"),
            Option.Text("--settings", "FILE", "JSON with comments; options override it"),
            Option.Text("--roles", "LIST", "of intake,work,web (default all)"),
            Option.Text("--aet", "NAME", "our own AE title (default CLINICALSUITE)"),
            Option.Text("--http-host", "ADDR", "where pages listen (default 127.0.0.1; any other address needs sign-in)"),
            Option.Port("--http-port", "pages (default 8080; 0 lets the system choose, here and below)"),
            Option.Port("--dicom-port", "DICOM (default 11112)"),
            Option.Port("--dicom-tls-port", "DICOM over TLS, when the settings file names certificates (default 2762)"),
            Option.List("--accept", "AET[@HOST]", "who may associate; ANY opens the list"),
            Option.List("--pacs", "AET@HOST:PORT", "archive that gets the objects"),
            Option.List("--ris", "HOST:PORT", "information system that gets the ORU^R01 by MLLP"),
        ],
        Remarks = "Pages listen on loopback without sign-in. On any other address an administrator is made at the first start and\n"
            + "its password printed once, unless the settings file gives one. clinicalsuite.sample.json shows all settings.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var (settings, complaint) = Settings(arguments);
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

    private static (ApplianceSettings? Settings, string? Complaint) Settings(Arguments arguments)
    {
        var file = new SettingsFile();
        if (arguments.Text("--settings") is { } path)
        {
            try
            {
                file = SettingsFile.Read(path);
            }
            catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
            {
                return (null, $"{path}: {failure.Message}");
            }
        }

        return (file with
        {
            Data = arguments.Text("--data") ?? file.Data,
            Roles = arguments.Text("--roles")?.Split(',') ?? file.Roles,
            Aet = arguments.Text("--aet") ?? file.Aet,
            HttpHost = arguments.Text("--http-host") ?? file.HttpHost,
            HttpPort = arguments.Number("--http-port") ?? file.HttpPort,
            DicomPort = arguments.Number("--dicom-port") ?? file.DicomPort,
            DicomTlsPort = arguments.Number("--dicom-tls-port") ?? file.DicomTlsPort,
            Accept = arguments.Has("--accept") ? arguments.List("--accept") : file.Accept,
            Pacs = arguments.Has("--pacs") ? arguments.List("--pacs") : file.Pacs,
            Ris = arguments.Has("--ris") ? arguments.List("--ris") : file.Ris,
        }).Over(new ApplianceSettings { DataFolder = DefaultDataFolder });
    }
}
