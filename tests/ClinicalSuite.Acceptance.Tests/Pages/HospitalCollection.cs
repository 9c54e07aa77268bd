using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Pages;

/// <summary>One appliance and one browser for all tests of the pages, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class HospitalCollection : ICollectionFixture<Hospital>
{
    public const string Name = "pages";
}
