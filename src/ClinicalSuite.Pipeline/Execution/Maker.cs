using System.Reflection;
using ClinicalSuite.Dicom;
using ClinicalSuite.Evidence;

namespace ClinicalSuite.Pipeline.Execution;

/// <summary>This program, as results name their maker.</summary>
public static class Maker
{
    private static readonly string Version = typeof(Maker).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <param name="seed">What the device's UID derives from: the installation, or a word where there is none.</param>
    public static DeviceIdentity Device(string serialNumber, string seed) => new()
    {
        SerialNumber = serialNumber,
        SoftwareVersion = Version,
        Uid = DicomUID.FromSeed("device " + seed),
    };
}
