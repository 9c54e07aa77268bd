using ClinicalSuite.Acceptance.Tests.Architecture;
using ClinicalSuite.Cli.Conformance;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Pipeline.Intake;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary>The conformance statement says what the program does, and changes with it.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public async Task Committed_statement_is_what_the_program_writes_of_itself()
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "compliance", "dicom-conformance.md"));

        var written = await CliProgram.RunAsync("dicom", "conformance");

        Assert.True(written.Status == 0, written.Errors);
        Assert.True(
            committed == written.Output,
            "compliance/dicom-conformance.md has drifted: ./clinicalsuite dicom conformance --out compliance/dicom-conformance.md");
        Assert.Contains("Research use; not clinically validated", committed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_and_a_transfer_syntax_that_are_added_stand_in_the_statement()
    {
        var facts = await ConformanceFacts.ReadAsync();
        var before = ConformanceStatement.Write(facts);
        var gate = new AllowList(facts.Intake, [new UnifiedProcedureStep()], TimeProvider.System);
        gate.Services.WithStorage([DicomUID.JPEGXL, "1.2.3.4.5"], withPrivateClasses: false);

        var after = ConformanceStatement.Write(facts with { Offered = gate.Services, Handlers = gate.Handlers });

        Assert.DoesNotContain(DicomUID.UnifiedProcedureStepPush, before, StringComparison.Ordinal);
        Assert.Contains(
            $"| {DicomUID.NameOf(DicomUID.UnifiedProcedureStepPush)} | {DicomUID.UnifiedProcedureStepPush} | No | Yes |", after, StringComparison.Ordinal);
        Assert.Contains($"| {DicomUID.NameOf(DicomUID.UnifiedProcedureStepPush)} | N-CREATE |", after, StringComparison.Ordinal);
        Assert.Contains("| 1.2.3.4.5 | 1.2.3.4.5 | Yes | No | No |", after, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.3.4.5", before, StringComparison.Ordinal);
        Assert.Contains("private ones outside the root", before, StringComparison.Ordinal);
        Assert.DoesNotContain("private ones outside the root", after, StringComparison.Ordinal);
    }

    private sealed class UnifiedProcedureStep : IDimseService
    {
        public void Offer(SupportedServices contexts, ServiceTable handlers)
        {
            contexts.With(DicomUID.UnifiedProcedureStepPush, DicomUID.ExplicitVRLittleEndian);
            handlers.On(
                CommandField.NCreateRequest, DicomUID.UnifiedProcedureStepPush, _ => Task.FromResult(DimseResponse.Success));
        }
    }
}
