namespace ClinicalSuite.Server;

/// <summary>What each listener is called, in the order in which they were opened: Kestrel reports the bound addresses in that order.</summary>
internal sealed class ListenerNames
{
    internal List<string> Names { get; } = [];
}
