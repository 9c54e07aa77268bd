using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("ClinicalSuite.Appliance.Tests")]
