using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Intake;

/// <summary>dcmtk's programs as senders.</summary>
public sealed class DcmtkPeerTests
{
    [Fact]
    public async Task Echoscu_is_answered()
    {
        await using var host = await IntakeHost.StartAsync();
        var (code, output) = await Dcmtk.RunAsync(
            "echoscu", "-v", "-aet", IntakeHost.Modality, "-aec", IntakeHost.Title, "127.0.0.1", $"{host.Port}");
        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Echoscu_of_a_stranger_is_told_why_it_is_refused()
    {
        await using var host = await IntakeHost.StartAsync();
        var (code, output) = await Dcmtk.RunAsync(
            "echoscu", "-aet", "STRANGER", "-aec", IntakeHost.Title, "127.0.0.1", $"{host.Port}");
        Assert.NotEqual(0, code);
        Assert.Contains("Calling AE Title Not Recognized", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-xe")]
    [InlineData("-xi")]
    [InlineData("-xb")]
    [InlineData("-xd")]
    public async Task Storescu_sends_a_series_in_any_native_syntax(string proposal)
    {
        await using var host = await IntakeHost.StartAsync();
        string[] files = [.. Enumerable.Range(1, 12).Select(i => host.WriteImage($"1.2.3.{i}", (byte)i))];
        var (code, output) = await Dcmtk.RunAsync("storescu",
            [proposal, "-aet", "STORESCU", "-aec", IntakeHost.Title, "127.0.0.1", $"{host.Port}", .. files]);
        Assert.True(code == 0, output);
        Assert.Equal(files.Length, host.Journal.Count);
    }
}
