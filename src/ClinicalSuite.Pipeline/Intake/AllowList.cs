using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.Pdus;
using ClinicalSuite.Pipeline.Intake.QueryRetrieve;
using ClinicalSuite.Pipeline.Workflow;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// The gate: the called title must be ours, the calling title with its address must be on the list, and a user that is
/// named must be known.
/// </summary>
public sealed class AllowList : IAssociationPolicy
{
    // Names change rarely, and a resolver that is down must not be asked for each association.
    private static readonly TimeSpan NameLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, IPAddress[] Addresses)> resolved = new();
    private readonly IntakeSettings settings;
    private readonly TimeProvider time;
    private readonly SupportedServices services;
    private readonly SupportedServices withoutQueries;

    // What a destination of ours needs that may send us nothing.
    private readonly SupportedServices reports = new SupportedServices()
        .With(DicomUID.Verification, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
        .With(CommitmentService.SopClass, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
        .WithRequestorAsProvider(CommitmentService.SopClass);

    public AllowList(IntakeSettings settings, IEnumerable<IDimseService> offered, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        var all = offered.ToList();
        services = Offered(all, Handlers);
        withoutQueries = Offered(all.Where(service => service is not QueryRetrieveService), new ServiceTable());
    }

    /// <summary>Who serves the requests on what is accepted here.</summary>
    public ServiceTable Handlers { get; } = new();

    /// <summary>What a caller on the allow-list is offered that may also query and retrieve.</summary>
    public SupportedServices Services => services;

    /// <summary>What a destination of ours is offered that is not on the allow-list.</summary>
    public SupportedServices ReporterServices => reports;

    public AssociationDecision Decide(AssociateRequest request, AssociationPeer peer)
    {
        if (request.CalledAeTitle != settings.AeTitle)
        {
            return AssociationDecision.Reject.CalledAeTitleNotRecognized;
        }
        var offered = settings.AcceptAnyone || IsOn(settings.Accept, request, peer) ? services
            : IsOn(settings.Reporters, request, peer) ? reports
            : null;
        if (offered is null)
        {
            return AssociationDecision.Reject.CallingAeTitleNotRecognized;
        }
        if (Unbound(request.CallingAeTitle, peer.Certificate) is { } mismatch)
        {
            return AssociationDecision.Reject.CallingAeTitleNotRecognized with { Detail = mismatch };
        }
        var identity = request.UserInformation.Identity;
        var isKnown = identity is not null && settings.Users.Any(user => user.Is(identity));
        if (!isKnown && (settings.DemandsUser || (identity is not null && settings.Users.Count > 0)))
        {
            return AssociationDecision.Reject.IdentityRefused;
        }
        if (offered == reports)
        {
            return new AssociationDecision.Accept(reports) { ConfirmsIdentity = isKnown };
        }
        var mayQuery = settings.QueryRetrieve?.Any(allowed => Matches(allowed, request.CallingAeTitle, peer)) ?? true;
        return new AssociationDecision.Accept(mayQuery ? services : withoutQueries) { ConfirmsIdentity = isKnown };
    }

    private bool IsOn(IReadOnlyList<AllowedCaller> list, AssociateRequest request, AssociationPeer peer) =>
        list.Any(allowed => Matches(allowed, request.CallingAeTitle, peer));

    /// <summary>
    /// A title that is tied to a certificate comes with that certificate only, never in the clear; and where anything is
    /// tied, a certificate uses the titles that it is tied to and no others.
    /// </summary>
    private string? Unbound(string title, PeerCertificate? certificate)
    {
        if (settings.Bindings.Count == 0)
        {
            return null;
        }
        if (certificate is null)
        {
            return settings.Bindings.Any(binding => binding.Aets.Contains(title, StringComparer.Ordinal))
                ? $"{title} is tied to a certificate and came without TLS"
                : null;
        }
        return settings.Bindings.Any(binding =>
            binding.Aets.Contains(title, StringComparer.Ordinal) && binding.Matches(certificate))
            ? null
            : $"the certificate {certificate.Subject} is not tied to {title}";
    }

    private SupportedServices Offered(IEnumerable<IDimseService> offered, ServiceTable handlers)
    {
        var contexts = new SupportedServices()
            .With(DicomUID.Verification, DicomUID.ExplicitVRLittleEndian, DicomUID.ImplicitVRLittleEndian)
            .WithStorage(StorageSyntaxes.InOrderOfPreference, settings.AcceptPrivateClasses);
        foreach (var service in offered)
        {
            service.Offer(contexts, handlers);
        }
        return contexts;
    }

    private bool Matches(AllowedCaller allowed, string callingAeTitle, AssociationPeer peer) =>
        allowed.AeTitle == callingAeTitle
        && (allowed.Host is null
            || (peer.Address is { } address && AddressesOf(allowed.Host).Contains(Plain(address))));

    private IPAddress[] AddressesOf(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [Plain(literal)];
        }
        var now = time.GetUtcNow();
        if (resolved.TryGetValue(host, out var known) && known.Until > now)
        {
            return known.Addresses;
        }
        IPAddress[] addresses;
        try
        {
            addresses = [.. Dns.GetHostAddresses(host).Select(Plain)];
        }
        catch (SocketException)
        {
            addresses = []; // a name that cannot be resolved lets nobody in
        }
        resolved[host] = (now + NameLifetime, addresses);
        return addresses;
    }

    /// <summary>A dual-stack listener sees IPv4 callers as ::ffff:a.b.c.d.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
