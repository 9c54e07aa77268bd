using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Server.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

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
                Listen(kestrel, names, "web", settings.HttpHost, settings.HttpPort, _ => { });
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
        if (settings.Tls is { } tls)
        {
            Listen(kestrel, names, "dicom-tls", settings.ClinicHost, settings.TlsPort, options =>
            {
                options.UseHttps(Tls(tls));
                options.UseConnectionHandler<DimseConnectionHandler>();
            });
        }
    }

    /// <summary>PS3.15 B.9: TLS 1.2 or 1.3, and both sides show a certificate.</summary>
    private static HttpsConnectionAdapterOptions Tls(TlsSettings tls)
    {
        using var pem = X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile);
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(tls.AuthoritiesFile);
        return new HttpsConnectionAdapterOptions
        {
            // By way of PKCS #12: the key of a PEM certificate alone does not live long enough for the handshake on every platform.
            ServerCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null),
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            HandshakeTimeout = TimeSpan.FromSeconds(5),
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (certificate, _, _) => IsTrusted(certificate, authorities),
        };
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static void Listen(
        KestrelServerOptions kestrel, ListenerNames names, string name, IPAddress host, int port, Action<ListenOptions> configure)
    {
        names.Names.Add(name);
        kestrel.Listen(host, port, configure);
    }
}
