using ClinicalSuite.Pipeline.Tls;

namespace ClinicalSuite.Pipeline.Workflow;

/// <summary>What we show and trust where somebody is told something over TLS; null where nobody is.</summary>
public sealed record WorkflowTls(OutgoingTls? Outgoing = null);
