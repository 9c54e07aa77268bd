using ClinicalSuite.Hl7;

namespace ClinicalSuite.Evidence.Oru;

/// <summary>Who receives a message, and in which character set.</summary>
/// <param name="Name">As settings and database name it; control ids derive from it, so it must stay the same for retries.</param>
public sealed record OruDestination(string Name)
{
    /// <summary>The message as it is kept with the run, before it is addressed to anybody.</summary>
    public static readonly OruDestination Unaddressed = new("");

    /// <summary>MSH-18: <c>UNICODE UTF-8</c> or <c>GB 18030-2000</c>.</summary>
    public string CharacterSet { get; init; } = Hl7CharacterSet.Utf8;

    /// <summary>MSH-3.</summary>
    public string SendingApplication { get; init; } = "CLINICALSUITE";

    /// <summary>MSH-4.</summary>
    public string SendingFacility { get; init; } = "IMAGING";

    /// <summary>MSH-5.</summary>
    public string ReceivingApplication { get; init; } = "RIS";

    /// <summary>MSH-6.</summary>
    public string ReceivingFacility { get; init; } = "HOSPITAL";
}
