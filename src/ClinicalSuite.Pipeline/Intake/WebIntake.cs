using System.Net;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Store;
using ClinicalSuite.Store.Instances;
using Microsoft.Extensions.Logging;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>Takes what comes by STOW-RS (PS3.18 10.5): the gate, the order and the promise are those of C-STORE.</summary>
public sealed class WebIntake(
    InstanceArchive archive, IntakeBook book, SenderQuotas quotas, IntakeSettings settings, StudyRegister register,
    ILogger<WebIntake> log)
{
    /// <summary>Begins to take the objects of one request. Nothing is written down before its first object.</summary>
    /// <param name="sender">Whose token or account it is.</param>
    public WebIntakeSession Begin(string sender, IPAddress? address)
    {
        var identity = new AssociationIdentity(
            Guid.NewGuid().ToString("N"), sender, settings.AeTitle, new AssociationPeer(address));
        return new WebIntakeSession(archive, book, quotas, register, identity, new AssociationNotes(log));
    }
}
