using System.Net;
using System.Net.Sockets;
using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Hl7.Mllp;
using ClinicalSuite.Pipeline;
using ClinicalSuite.Pipeline.Delivery;
using ClinicalSuite.Store;
using ClinicalSuite.TestKit.Network;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Delivery;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Objects_of_a_run_leave_in_their_order_on_one_association()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.3", 3, DicomUID.EncapsulatedPDFStorage);
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1, DicomUID.SegmentationStorage);
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.2", 2, DicomUID.Comprehensive3DSRStorage);
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);
        Assert.Equal(["1.2.3.1", "1.2.3.2", "1.2.3.3"], pacs.Received);
        Assert.Equal(1, pacs.Associations);
        Assert.All(rows, row => Assert.Equal(("C-STORE 0000H", 1), (row.Acknowledgement, row.Attempts)));
        Assert.Equal(3, (await outbox.CustodyAsync()).Count(line => line.Stage == CustodyStage.Delivery));
    }

    [Fact]
    public async Task Storescp_receives_the_object_identical()
    {
        var port = FreePort();
        await using var outbox = await Outbox.CreateAsync();
        var received = Directory.CreateDirectory(Path.Combine(outbox.Folder, "received")).FullName;
        using var storescp = Dcmtk.Start("storescp", "-aet", "PACS", "+B", "-od", received, $"{port}");
        try
        {
            var destination = new DicomDestination("PACS", "127.0.0.1", port);
            await outbox.AddObjectAsync(destination.Name, "1.2.3.1", 1);
            await outbox.AddObjectAsync(destination.Name, "1.2.3.2", 2, DicomUID.SegmentationStorage);
            // storescp may still be starting: the attempts that come too early are retried like any other.
            outbox.Start(Outbox.Settings with { Pacs = [destination], MostAttempts = 500 });
            await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);
        }
        finally
        {
            storescp.Kill();
        }
        var files = Directory.GetFiles(received).Select(path => DicomFile.Open(path).Dataset).ToList();
        Assert.Equal(["1.2.3.1", "1.2.3.2"], files.Select(d => d.GetString(DicomTag.SOPInstanceUID)).Order());
    }

    [Fact]
    public async Task Permanent_rejection_stops_and_shows()
    {
        await using var pacs = new TestPacs { Policy = () => AssociationDecision.Reject.CallingAeTitleNotRecognized };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1);
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });

        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Failed));
        Assert.Equal(1, row.Attempts);
        Assert.Contains("calling AE title not recognized", row.Error, StringComparison.Ordinal);
        var line = Assert.Single(await outbox.CustodyAsync());
        Assert.Equal(CustodySeverity.Error, line.Severity);
        Assert.NotEmpty(line.Remedy);
    }

    [Fact]
    public async Task Class_that_the_pacs_does_not_take_fails_and_the_others_arrive()
    {
        await using var pacs = new TestPacs
        {
            Policy = () => new AssociationDecision.Accept(
                new SupportedServices().With(RawPdu.CtImage, RawPdu.ImplicitLittleEndian)),
        };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1, DicomUID.SegmentationStorage);
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.2", 2);
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });

        var rows = await outbox.UntilAsync(row => row.State is DeliveryState.Failed or DeliveryState.Delivered);
        Assert.Equal([DeliveryState.Failed, DeliveryState.Delivered], rows.Select(row => row.State));
        Assert.Equal(["1.2.3.2"], pacs.Received);
    }

    [Theory]
    [InlineData(0xA700, 3)]
    [InlineData(0xC123, 1)]
    public async Task Failure_is_repeated_only_if_it_may_pass(int status, int attempts)
    {
        await using var pacs = new TestPacs { Answer = _ => Task.FromResult(new DimseStatus((ushort)status, "Muster^Frau")) };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1);
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });

        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Failed));
        Assert.Equal(attempts, row.Attempts);
        Assert.Equal(attempts, pacs.Received.Count);
        Assert.Contains($"{status:X4}H", row.Error, StringComparison.Ordinal);
        Assert.Contains("Muster", row.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Muster", outbox.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await outbox.CustodyAsync(), line => line.Cause.Contains("Muster", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Duplicate_at_the_pacs_counts_as_delivered()
    {
        await using var pacs = new TestPacs { Answer = _ => Task.FromResult(new DimseStatus(0x0111)) };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1);
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Delivered));
        Assert.Contains("already there", row.Acknowledgement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pacs_that_was_away_gets_the_objects_when_it_is_back()
    {
        var port = FreePort();
        var destination = new DicomDestination("PACS", "127.0.0.1", port);
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(destination.Name, "1.2.3.1", 1);
        outbox.Start(Outbox.Settings with { Pacs = [destination], MostAttempts = 1000 });
        await outbox.UntilAsync(row => row.Attempts >= 2 && row.Error.Length > 0);
        await using var pacs = new TestPacs(port);
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Delivered));
        Assert.Equal("", row.Error);
        Assert.Single(pacs.Received);
    }

    [Fact]
    public async Task Two_workers_deliver_each_object_once()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await Outbox.CreateAsync();
        for (var i = 1; i <= 30; i++)
        {
            await outbox.AddObjectAsync(pacs.Destination.Name, $"1.2.3.{i}", i);
        }
        var settings = Outbox.Settings with { Pacs = [pacs.Destination] };
        outbox.Start(settings);
        outbox.Start(settings);
        await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);
        Assert.Equal(30, pacs.Received.Count);
        Assert.Equal(30, pacs.Received.Distinct().Count());
    }

    [Fact]
    public async Task Worker_that_is_stopped_while_sending_leaves_the_object_to_the_next()
    {
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource<DimseStatus>();
        await using var pacs = new TestPacs
        {
            Answer = _ =>
            {
                reached.TrySetResult();
                return never.Task;
            },
        };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1);
        var settings = Outbox.Settings with { Pacs = [pacs.Destination] };
        var first = outbox.Start(settings);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await first.StopAsync(CancellationToken.None);
        Assert.Equal(DeliveryState.Sending, Assert.Single(await outbox.DeliveriesAsync()).State);
        never.SetResult(DimseStatus.Success);

        // What the start of the next process does.
        Assert.Equal(1, await outbox.Rows.ReleaseLeasesAsync(CancellationToken.None));
        pacs.Answer = _ => Task.FromResult(DimseStatus.Success);
        outbox.Start(settings);
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Delivered));
        Assert.Equal((1, 2L), (row.Attempts, row.Fence));
        Assert.Equal(["1.2.3.1", "1.2.3.1"], pacs.Received);
    }

    [Fact]
    public async Task Oru_is_done_when_the_ris_has_accepted_it()
    {
        await using var ris = new TestRis();
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddOruAsync(ris.Destination.Name, "CS42");
        outbox.Start(Outbox.Settings with { Ris = [ris.Destination] });
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Delivered));
        Assert.Equal("MSA|AA|CS42", row.Acknowledgement);
        Assert.Equal(["CS42"], ris.Received);
    }

    [Theory]
    [InlineData(AcknowledgementCode.Error)]
    [InlineData(AcknowledgementCode.Reject)]
    public async Task Oru_that_the_ris_refuses_stops_and_shows(AcknowledgementCode code)
    {
        await using var ris = new TestRis { Answer = () => new Acknowledgement(code, "no such order") };
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddOruAsync(ris.Destination.Name, "CS42");
        outbox.Start(Outbox.Settings with { Ris = [ris.Destination] });
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Failed));
        Assert.Contains("no such order", row.Error, StringComparison.Ordinal);
        Assert.Single(ris.Received);
        // A peer's free text may name the patient: it stands in the row alone.
        var line = Assert.Single(await outbox.CustodyAsync());
        Assert.DoesNotContain("no such order", line.Text + line.Cause + line.Remedy, StringComparison.Ordinal);
        Assert.Contains(line.Cause, outbox.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no such order", outbox.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(IdentityTrust.Unidentified, UnidentifiedPolicy.Hold, DeliveryState.Held)]
    [InlineData(IdentityTrust.Contradictory, UnidentifiedPolicy.Hold, DeliveryState.Held)]
    [InlineData(IdentityTrust.Confirmed, UnidentifiedPolicy.Hold, DeliveryState.Delivered)]
    [InlineData(IdentityTrust.Unidentified, UnidentifiedPolicy.Send, DeliveryState.Delivered)]
    [InlineData(IdentityTrust.Contradictory, UnidentifiedPolicy.Send, DeliveryState.Held)]
    public async Task Oru_leaves_only_for_a_patient_who_can_be_trusted(
        IdentityTrust trust, UnidentifiedPolicy policy, DeliveryState state)
    {
        await using var ris = new TestRis();
        await using var outbox = await Outbox.CreateAsync(trust);
        await outbox.AddOruAsync(ris.Destination.Name, "CS42");
        outbox.Start(Outbox.Settings with { Ris = [ris.Destination], Unidentified = policy });
        await outbox.UntilAsync(row => row.State == state);
        Assert.Equal(state == DeliveryState.Delivered ? 1 : 0, ris.Received.Count);
    }

    [Fact]
    public async Task Object_that_has_gone_from_the_store_is_told()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await Outbox.CreateAsync();
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1);
        File.Delete(Path.Combine(outbox.Folder, "runs", "1.2.3.1.dcm"));
        outbox.Start(Outbox.Settings with { Pacs = [pacs.Destination] });
        var row = Assert.Single(await outbox.UntilAsync(row => row.State == DeliveryState.Failed));
        Assert.Contains("cannot be read", row.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var settings = new DeliverySettings
        {
            FirstPause = TimeSpan.FromSeconds(5),
            LongestPause = TimeSpan.FromSeconds(60),
        };
        Assert.Equal([5, 10, 20, 40, 60, 60], Enumerable.Range(1, 6).Select(n => settings.PauseAfter(n).TotalSeconds));
        Assert.Equal(60, settings.PauseAfter(int.MaxValue).TotalSeconds);
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
