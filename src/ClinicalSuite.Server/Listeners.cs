using System.Net;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Server.Listening;
using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClinicalSuite.Server;

/// <summary>Every port of the appliance; Kestrel holds them all.</summary>
public static class Listeners
{
    /// <summary>The addresses really bound, by name (<c>web</c>, <c>dicom</c>, <c>dicom-tls</c>); call it after the start.</summary>
    public static IReadOnlyList<(string Name, Uri Address)> Addresses(IServiceProvider services)
    {
        var names = services.GetRequiredService<ListenerNames>().Names;
        var bound = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return [.. names.Zip(bound, (name, address) => (name, new Uri(address)))];
    }

    internal static void Open(WebApplicationBuilder builder, ApplianceSettings settings)
    {
        var names = new ListenerNames();
        builder.Services.AddSingleton(names);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            names.Names.Clear();
            if (settings.Roles.Contains(ApplianceRole.Web))
            {
                Listen(kestrel, names, "web", settings.HttpHost, settings.HttpPort, options =>
                {
                    if (settings.Tls is { Web: true })
                    {
                        kestrel.ApplicationServices.GetRequiredService<TlsGate>().Stand(options, TlsPort.Web);
                    }
                });
            }

            if (settings.Roles.Contains(ApplianceRole.Intake))
            {
                ListenForDicom(kestrel, names, settings);
            }
        });
    }

    private static void ListenForDicom(KestrelServerOptions kestrel, ListenerNames names, ApplianceSettings settings)
    {
        Listen(kestrel, names, "dicom", settings.ClinicHost, settings.DicomPort, options =>
            options.UseConnectionHandler<DimseConnectionHandler>());
        if (settings.Tls is not null)
        {
            Listen(kestrel, names, "dicom-tls", settings.ClinicHost, settings.TlsPort, options =>
            {
                kestrel.ApplicationServices.GetRequiredService<TlsGate>().Stand(options, TlsPort.Dicom);
                options.UseConnectionHandler<DimseConnectionHandler>();
            });
        }
    }

    private static void Listen(
        KestrelServerOptions kestrel, ListenerNames names, string name, IPAddress host, int port, Action<ListenOptions> configure)
    {
        names.Names.Add(name);
        kestrel.Listen(host, port, configure);
    }
}
