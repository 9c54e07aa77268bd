using System.Text.Json;

namespace ClinicalSuite.Acceptance.Tests.Loop;

/// <summary>What Orthanc was told about a storage commitment that it had asked for.</summary>
internal sealed record OrthancCommitment(IReadOnlyList<string> Success, IReadOnlyList<(string SopInstance, int Reason)> Failures)
{
    public static OrthancCommitment Read(JsonElement report) => new(
        [.. report.GetProperty(nameof(Success)).EnumerateArray().Select(item => item.GetProperty("SOPInstanceUID").GetString()!)],
        [.. report.GetProperty(nameof(Failures)).EnumerateArray().Select(item => (
            item.GetProperty("SOPInstanceUID").GetString()!, item.GetProperty("FailureReason").GetInt32()))]);
}
