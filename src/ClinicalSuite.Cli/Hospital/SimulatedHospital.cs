using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A PACS and a RIS on loopback that take what the appliance makes.</summary>
internal sealed class SimulatedHospital : IAsyncDisposable
{
    private const string PacsAeTitle = "PACS";

    private readonly DicomListener pacs;
    private readonly MllpListener ris;

    private SimulatedHospital(DicomListener pacs, MllpListener ris)
    {
        this.pacs = pacs;
        this.ris = ris;
    }

    public DicomDestination Pacs => new(PacsAeTitle, IPAddress.Loopback.ToString(), pacs.Port);

    public MllpDestination Ris => new(IPAddress.Loopback.ToString(), ris.Port);

    /// <param name="folder">Gets <c>pacs/*.dcm</c>, <c>*.pdf</c> and <c>ris/*.hl7</c>.</param>
    public static SimulatedHospital Start(string folder)
    {
        var objects = Directory.CreateDirectory(Path.Combine(folder, "pacs")).FullName;
        var messages = Directory.CreateDirectory(Path.Combine(folder, "ris")).FullName;
        var provider = new ServiceClassProvider(
            new OpenDoor(PacsAeTitle), new Archive(objects, folder), AssociationLimits.Default, TimeProvider.System);
        return new SimulatedHospital(
            DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0), provider),
            MllpListener.Start(
                new IPEndPoint(IPAddress.Loopback, 0), new InformationSystem(messages).TakeAsync, MllpLimits.Default));
    }

    public async ValueTask DisposeAsync()
    {
        await pacs.DisposeAsync();
        await ris.DisposeAsync();
    }
}
