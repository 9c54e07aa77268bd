using System.Security.Cryptography;
using System.Text;
using ClinicalSuite.Hl7;

namespace ClinicalSuite.Evidence.Oru;

/// <summary>One run's message for each of its receivers: same content, own control id, own character set.</summary>
public static class OruAddress
{
    /// <summary>MSH-10 of a run's message for a destination: the same for each retry, at most 20 characters (v2.5.1 2.15.9.10).</summary>
    public static string ControlId(string runId, OruDestination destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"oru {runId} {destination.Name}"));
        return "CS" + Convert.ToHexString(hash)[..18];
    }

    /// <summary>Turns a message that is kept with its run into the one for a destination.</summary>
    /// <returns>The bytes to send, and the control id that the acknowledgement must name.</returns>
    /// <exception cref="Hl7FormatException">The kept bytes are no message, or the destination's set cannot hold the text.</exception>
    public static (byte[] Message, string ControlId) Readdress(ReadOnlySpan<byte> kept, string runId, OruDestination destination)
    {
        var message = Hl7Message.Parse(kept);
        Set(message, runId, destination);
        return (message.ToBytes(), message.ControlId);
    }

    internal static void Set(Hl7Message message, string runId, OruDestination destination) => message.Header
        .Set(3, destination.SendingApplication)
        .Set(4, destination.SendingFacility)
        .Set(5, destination.ReceivingApplication)
        .Set(6, destination.ReceivingFacility)
        .Set(10, ControlId(runId, destination))
        .Set(18, destination.CharacterSet);
}
