using Xunit;

namespace ClinicalSuite.Standards.Tests.Hostile;

/// <summary>Tests that hold an answer to a time run when no other test keeps the processors busy.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
