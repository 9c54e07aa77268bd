using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Server.Settings;

namespace ClinicalSuite.Cli.Doctor;

/// <summary>Whether the appliance can listen where it should, or does so already.</summary>
internal static class PortChecks
{
    public static IEnumerable<Check> Run(ApplianceSettings settings)
    {
        if (settings.Roles.Contains(ApplianceRole.Web))
        {
            yield return Port("web port", settings.HttpHost, settings.HttpPort, "--http-port");
        }

        if (settings.Roles.Contains(ApplianceRole.Intake))
        {
            yield return Port("dicom port", settings.ClinicHost, settings.DicomPort, "--dicom-port");
            if (settings.Tls is not null)
            {
                yield return Port("dicom-tls port", settings.ClinicHost, settings.TlsPort, "--dicom-tls-port");
            }

            yield return AllowList(settings);
        }
    }

    private static Check Port(string name, IPAddress host, int port, string option)
    {
        var place = new IPEndPoint(host, port);
        if (port == 0)
        {
            return Check.Warn(name, "chosen by the system at each start", $"Give one by {option}, so that peers can be told.");
        }

        using var socket = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(place);
            return Check.Ok(name, $"{place} is free");
        }
        catch (SocketException refusal) when (refusal.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return Check.Ok(name, $"something listens on {place}: the appliance, if it runs");
        }
        catch (SocketException refusal)
        {
            return Check.Fail(name, $"{place}: {refusal.Message}", $"Choose another one by {option}, or give the right to use it.");
        }
    }

    private static Check AllowList(ApplianceSettings settings) =>
        settings.Accept.Contains(AcceptRule.Anyone)
            ? Check.Warn("allow-list", "open: any AE title from any address may send", "Name the senders by --accept AET@HOST.")
            : settings.Accept.Count == 0
                ? Check.Warn("allow-list", "empty: nobody may send", "Name the senders by --accept AET@HOST.")
                : Check.Ok("allow-list", string.Join(", ", settings.Accept));
}
