using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline;

namespace ClinicalSuite.Cli.Hospital;

/// <summary>A PACS and a RIS on loopback that take what the appliance makes.</summary>
internal sealed class SimulatedHospital : IAsyncDisposable
{
    private const string PacsAeTitle = "PACS";

    private readonly Archive archive;
    private readonly InformationSystem system;
    private readonly DicomListener pacs;
    private readonly MllpListener ris;
    private readonly Commitments commitments;

    private SimulatedHospital(Archive archive, InformationSystem system)
    {
        commitments = new Commitments(PacsAeTitle, archive);
        this.archive = archive;
        this.system = system;
        var provider = new ServiceClassProvider(
            new OpenDoor(PacsAeTitle, () => commitments.Requestor is not null),
            archive,
            AssociationLimits.Default,
            TimeProvider.System,
            commitments.Services);
        pacs = DicomListener.Start(new IPEndPoint(IPAddress.Loopback, 0), provider);
        ris = MllpListener.Start(new IPEndPoint(IPAddress.Loopback, 0), system.TakeAsync, MllpLimits.Default);
    }

    /// <summary>Files of the objects that the PACS took, in the order of arrival; one that came twice stands here twice.</summary>
    public IReadOnlyList<string> Objects => archive.Received;

    /// <summary>Files of the messages that the RIS took, likewise.</summary>
    public IReadOnlyList<string> Messages => system.Received;

    /// <summary>Where the PACS reports on storage commitments.</summary>
    public DicomPeer? Appliance
    {
        get => commitments.Requestor;
        set => commitments.Requestor = value;
    }

    public DicomDestination Pacs => new(PacsAeTitle, IPAddress.Loopback.ToString(), pacs.Port);

    public MllpDestination Ris => new(IPAddress.Loopback.ToString(), ris.Port);

    /// <param name="folder">Gets <c>pacs/*.dcm</c>, <c>*.pdf</c> and <c>ris/*.hl7</c>.</param>
    public static SimulatedHospital Start(string folder)
    {
        var objects = Directory.CreateDirectory(Path.Combine(folder, "pacs")).FullName;
        var messages = Directory.CreateDirectory(Path.Combine(folder, "ris")).FullName;
        return new SimulatedHospital(new Archive(objects, folder), new InformationSystem(messages));
    }

    public async ValueTask DisposeAsync()
    {
        await pacs.DisposeAsync();
        await commitments.DisposeAsync();
        await ris.DisposeAsync();
    }
}
