using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Intake;
using ClinicalSuite.Server;
using ClinicalSuite.Server.DicomWeb;
using ClinicalSuite.Server.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicalSuite.Cli.Conformance;

/// <summary>What the statement is written from: the tables by which a host serves that was built and not started.</summary>
/// <param name="Offered">What callers on the allow-list may ask for.</param>
/// <param name="Handlers">The requests that are served beside C-ECHO and C-STORE.</param>
/// <param name="Reporters">What destinations may ask for that are not on it.</param>
/// <param name="Resources">Of the web services.</param>
/// <param name="Results">One object of each kind that is made.</param>
internal sealed record ConformanceFacts(
    ApplianceSettings Settings, IntakeSettings Intake, SupportedServices Offered, ServiceTable Handlers, SupportedServices Reporters,
    IReadOnlyList<(string Method, string Path)> Resources, IReadOnlyList<ResultObject> Results)
{
    /// <summary>Of an appliance with nothing but defaults.</summary>
    public static async Task<ConformanceFacts> ReadAsync()
    {
        var folder = Directory.CreateTempSubdirectory("clinicalsuite-conformance-");
        try
        {
            var settings = new ApplianceSettings { DataFolder = folder.FullName };
            await using var app = Appliance.Build(settings, TextWriter.Null);
            var gate = app.Services.GetRequiredService<AllowList>();
            return new ConformanceFacts(
                settings, app.Services.GetRequiredService<IntakeSettings>(), gate.Services, gate.Handlers, gate.ReporterServices,
                DicomWebResources.Of(app), ResultObject.All(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Every standard storage SOP class that is taken.</summary>
    public IEnumerable<(string Uid, string Name)> StorageClasses => DicomUID.Registered
        .Where(row => row.Kind == "SOP Class" && !Offered.AbstractSyntaxes.Contains(row.Uid)
            && Offered.TransferSyntaxesFor(row.Uid).Count > 0)
        .Select(row => (row.Uid, row.Name)).OrderBy(row => row.Name, StringComparer.Ordinal);
}
