using System.Diagnostics.Metrics;

namespace ClinicalSuite.Store;

/// <summary>
/// What the appliance counts while it runs, for <c>/metrics</c>. Names follow Prometheus; no tag ever holds patient data, and each has
/// few values: tags of a free text would let a stranger fill the memory.
/// </summary>
public static class Telemetry
{
    public const string MeterName = "ClinicalSuite";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Associations that ended; tag <c>end</c>: released, aborted, lost, rejected.</summary>
    public static readonly Counter<long> Associations =
        Meter.CreateCounter<long>("clinicalsuite_associations_total", description: "DICOM associations that ended");

    /// <summary>Objects that a sender was given an answer for; tag <c>outcome</c>.</summary>
    public static readonly Counter<long> ObjectsReceived =
        Meter.CreateCounter<long>("clinicalsuite_objects_received_total", description: "Objects received, by what became of them");

    /// <summary>Bytes of objects that were made durable.</summary>
    public static readonly Counter<long> BytesKept =
        Meter.CreateCounter<long>("clinicalsuite_received_bytes_total", description: "Bytes of objects made durable");

    /// <summary>Seconds from the last byte of an object to its durable place in the journal.</summary>
    public static readonly Histogram<double> DurableSeconds = Meter.CreateHistogram<double>(
        "clinicalsuite_durable_seconds", description: "Seconds from the last byte of an object until it is durable");

    /// <summary>Attempts of analyses that ended; tags <c>analysis</c> and <c>end</c>.</summary>
    public static readonly Histogram<double> RunSeconds =
        Meter.CreateHistogram<double>("clinicalsuite_run_seconds", description: "Seconds of one attempt of an analysis");

    /// <summary>Attempts of deliveries; tags <c>kind</c> and <c>outcome</c>.</summary>
    public static readonly Counter<long> Deliveries =
        Meter.CreateCounter<long>("clinicalsuite_delivery_attempts_total", description: "Attempts to deliver a result, by outcome");

    /// <summary>A tag of one of the instruments above.</summary>
    public static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
