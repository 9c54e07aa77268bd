using System.Net;
using ClinicalSuite.Cli.CommandLine;
using ClinicalSuite.Cli.Demo;
using ClinicalSuite.Cli.Hospital;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Server;
using ClinicalSuite.Server.Settings;
using ClinicalSuite.Server.Studies;
using ClinicalSuite.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Cli;

/// <summary>The appliance and a simulated hospital on loopback: a scanner that sends, a PACS and a RIS that take the results.</summary>
internal sealed class DemoVerb : IVerb
{
    private const string ScannerAeTitle = "SCANNER";
    private const int MostRefusals = 1000;

    // Of one association; the log has each.
    private const int MostRefusalsTold = 20;

    // Five seconds.
    private const int MostLooks = 100;

    public VerbDescription Description { get; } = new()
    {
        Name = "demo",
        Summary = "the appliance and a simulated hospital (scanner, PACS, RIS) on loopback, in one go",
        Options =
        [
            Option.List("--input", "PATH", "a DICOM file, folder or .zip to send (default: dicom-samples)"),
            Option.Text("--out", "DIR", "gets received/pacs/*.dcm, received/*.pdf, received/ris/*.hl7 and timeline.json"),
            Option.Port("--http-port", "pages (default: the system chooses)"),
            Option.Flag("--exit", "end when done; else the pages stay until the program is interrupted"),
        ],
        Remarks = "Exit status with --exit: 0 results delivered, 3 input refused, 4 not assessable, 1 anything else.",
    };

    public async Task<int> Run(Arguments arguments, CancellationToken cancellation)
    {
        var inputs = arguments.List("--input");
        if (inputs.Count == 0)
        {
            inputs = Samples.Find();
        }

        if (inputs.Count == 0)
        {
            return VerbSwitch.Misused(Description, "no --input is given and dicom-samples is not beside the program");
        }

        using var folder = new DemoFolder(arguments.Text("--out"));
        await using var hospital = SimulatedHospital.Start(folder.Received);
        await using var app = Appliance.Build(Settings(arguments, folder, hospital), Console.Error);
        try
        {
            await app.StartAsync(cancellation);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, app.Lifetime.ApplicationStopping);
            var status = await DemonstrateAsync(app.Services, hospital, folder, inputs, arguments.Has("--exit"), end.Token);
            return app.Lifetime.ApplicationStopping.IsCancellationRequested ? ExitStatus.Failed : status;
        }
        catch (IOException problem)
        {
            // A port is in use: the message says which.
            Console.Error.WriteLine($"clinicalsuite: {problem.Message}");
            return ExitStatus.Failed;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("clinicalsuite: ended before the demonstration was over");
            return ExitStatus.Failed;
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<int> DemonstrateAsync(
        IServiceProvider services, SimulatedHospital hospital, DemoFolder folder, IReadOnlyList<string> inputs, bool exit,
        CancellationToken cancellation)
    {
        var addresses = Listeners.Addresses(services).ToDictionary(listener => listener.Name, listener => listener.Address);
        hospital.Appliance = new DicomPeer(
            services.GetRequiredService<ApplianceSettings>().AeTitle, "127.0.0.1", addresses["dicom"].Port);
        Console.Out.WriteLine($"pages: {addresses["web"]}");
        var custody = services.GetRequiredService<CustodyTimeline>();
        var sent = await SendAsync(services, addresses["dicom"].Port, folder, inputs, cancellation);
        foreach (var problem in sent.Unreadable)
        {
            await custody.WriteAsync(
                "", CustodyStage.Intake, CustodySeverity.Error, $"{ScannerAeTitle} could not send an input.", problem,
                "Give a DICOM file, or a folder or archive of them.", cancellation: cancellation);
        }

        var watch = new DemoWatch(
            services.GetRequiredService<StudyShelf>(), services.GetRequiredService<StudyCatalogue>(), TimeProvider.System);
        var sheets = await watch.UntilDoneAsync(sent.Acknowledged, cancellation);
        TimelineFile.Write(folder.Timeline, sheets, await RefusalsAsync(custody, sent, cancellation));
        DemoResult.Print(sheets, folder, addresses["web"]);
        if (!exit)
        {
            Console.Out.WriteLine("Interrupt (Ctrl-C) to end.");
            await Interrupt.WaitAsync(cancellation);
        }

        return DemoResult.Status(sheets, sent);
    }

    /// <summary>They are written down beside the answers to the sender: the first of them may still be on its way.</summary>
    private static async Task<IReadOnlyList<CustodyEvent>> RefusalsAsync(
        CustodyTimeline custody, SendReport sent, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var looks = 0; ; looks++)
        {
            var refusals = await custody.OfStudyAsync("", MostRefusals, cancellation);
            if (refusals.Count >= Math.Min(sent.ObjectsRefused, MostRefusalsTold) + sent.Unreadable.Count || looks == MostLooks)
            {
                return refusals;
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static async Task<SendReport> SendAsync(
        IServiceProvider services, int port, DemoFolder folder, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        var aeTitle = services.GetRequiredService<ApplianceSettings>().AeTitle;
        var scanner = new StudySender(new DicomPeer(aeTitle, "127.0.0.1", port),
            new DicomClientOptions { CallingAeTitle = ScannerAeTitle }, folder.Scratch, Console.Error.WriteLine);
        var sent = await scanner.SendAsync(inputs, cancellation);
        Console.Error.WriteLine(
            $"{ScannerAeTitle} sent {sent.Acknowledged.Count} objects, {sent.ObjectsRefused} refused, {sent.ObjectsLeft} not sent");
        return sent;
    }

    private static ApplianceSettings Settings(Arguments arguments, DemoFolder folder, SimulatedHospital hospital) => new()
    {
        DataFolder = folder.Data,
        HttpPort = arguments.Number("--http-port") ?? 0,
        ClinicHost = IPAddress.Loopback,
        DicomPort = 0,
        Accept = [new AcceptRule(ScannerAeTitle, IPAddress.Loopback.ToString())],
        Pacs = [hospital.Pacs],
        Ris = [hospital.Ris],
        SendUnidentified = true,
        QuietTime = TimeSpan.FromSeconds(5),
        SettleTime = TimeSpan.FromSeconds(1),
        AnalysisWaitLimit = TimeSpan.FromSeconds(5),

        // The custody timeline is printed as it grows; the log would say the same again.
        LogLevel = LogLevel.Warning,
    };
}
