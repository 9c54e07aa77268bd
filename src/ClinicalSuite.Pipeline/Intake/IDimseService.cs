using ClinicalSuite.Dicom.Network;

namespace ClinicalSuite.Pipeline.Intake;

/// <summary>
/// A service class that the DICOM port offers beside verification and storage. Registered as a singleton of this type,
/// it is on the port: <see cref="AllowList"/> accepts what it offers, <see cref="DimseConnectionHandler"/> serves it.
/// </summary>
public interface IDimseService
{
    /// <summary>Adds its SOP classes with their transfer syntaxes, and the handlers of their requests.</summary>
    void Offer(SupportedServices contexts, ServiceTable handlers);
}
