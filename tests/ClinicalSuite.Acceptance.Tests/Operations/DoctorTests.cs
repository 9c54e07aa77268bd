using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Acceptance.Tests.Loop;
using Xunit;

namespace ClinicalSuite.Acceptance.Tests.Operations;

/// <summary><c>clinicalsuite doctor</c> with a PACS that answers, one that refuses us, and one that is not there.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("doctor").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_machine_and_a_PACS_in_order_give_status_0()
    {
        await using var pacs = await ServingAppliance.StartAsync(In("pacs"), "--accept", "CLINICALSUITE@127.0.0.1");

        var run = await Doctor($"{ServingAppliance.Title}@127.0.0.1:{pacs.DicomPort}");

        Assert.True(run.Status == 0, run.Output);
        Assert.Matches($"ok +C-ECHO {ServingAppliance.Title}", run.Output);
        Assert.Matches("ok +fonts", run.Output);
        Assert.Matches("ok +JPEG 2000 +libopenjp2", run.Output);
        Assert.Matches("ok +HTJ2K +libopenjp2", run.Output);
        Assert.Matches("ok +JPEG-LS +libcharls", run.Output);
        Assert.Matches("ok +JPEG +libturbojpeg", run.Output);
        Assert.Matches(@"disk flush +.* ms, the median of", run.Output);
        Assert.Contains(", 0 failed,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PACS_that_refuses_our_AE_title_is_named_with_the_remedy()
    {
        await using var pacs = await ServingAppliance.StartAsync(In("pacs"), "--accept", "SOMEONE@127.0.0.1");

        var run = await Doctor($"{ServingAppliance.Title}@127.0.0.1:{pacs.DicomPort}");

        Assert.Equal(1, run.Status);
        Assert.Matches($"fail +C-ECHO {ServingAppliance.Title}", run.Output);
        Assert.Contains("let it accept the AE title CLINICALSUITE", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PACS_that_is_not_there_is_named_with_the_remedy()
    {
        var run = await Doctor($"NOBODY@127.0.0.1:{FreePort()}");

        Assert.Equal(1, run.Status);
        Assert.Matches("fail +C-ECHO NOBODY", run.Output);
        Assert.Contains("remedy: Start the PACS", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(In("file"), "", TestContext.Current.CancellationToken);

        var run = await CliProgram.RunAsync("doctor", "--data", In("file/data"), "--http-port", "0", "--dicom-port", "0");

        Assert.Equal(1, run.Status);
        Assert.Matches("fail +data folder", run.Output);
    }

    private Task<CliProgram> Doctor(string pacs) => CliProgram.RunAsync(
        "doctor", "--data", In("data"), "--http-port", "0", "--dicom-port", "0", "--accept", "SCANNER@127.0.0.1", "--pacs", pacs);

    private string In(string name) => Path.Combine(folder, name);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
