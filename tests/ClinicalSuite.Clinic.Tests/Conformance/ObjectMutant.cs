namespace ClinicalSuite.Clinic.Tests.Conformance;

/// <summary>An object with one defect.</summary>
/// <param name="Name">The defect and where it is: <c>delete (0010,0010)</c>.</param>
/// <param name="Make">The file; null where such an object cannot be written.</param>
internal sealed record ObjectMutant(string Name, Func<byte[]?> Make);
