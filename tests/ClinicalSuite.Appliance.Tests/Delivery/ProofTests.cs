using ClinicalSuite.Dicom;
using ClinicalSuite.Dicom.Network;
using ClinicalSuite.Dicom.Network.StorageCommitment;
using ClinicalSuite.Pipeline.Workflow;
using ClinicalSuite.Store;
using Xunit;

namespace ClinicalSuite.Appliance.Tests.Delivery;

/// <summary>Nothing counts as delivered before it is known to be there, and nothing is called proved that is not.</summary>
public sealed class ProofTests
{
    private const string Commitment = DicomUID.StorageCommitmentPushModel;
    private const string Find = DicomUID.StudyRootQueryRetrieveInformationModelFind;

    private static WorkflowSettings Settings => new()
    {
        SameAssociation = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(50),
    };

    [Fact]
    public async Task Committed_objects_are_delivered_when_the_report_has_come_on_a_new_association()
    {
        await using var pacs = new TestPacs { Commit = TestPacs.Keep };
        await using var outbox = await StartAsync(pacs, Settings, Commitment, Find);

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);

        Assert.All(rows, row => Assert.Equal((DeliveryProof.Commitment, 1), (row.Proof, row.Attempts)));
        Assert.Equal(["1.2.3.1", "1.2.3.2"], Assert.Single(pacs.Requests).References.Select(r => r.SopInstanceUid));
        var lines = (await outbox.CustodyAsync()).Select(line => line.Text).ToList();
        Assert.Equal($"It is proved that {pacs.Destination.Name} has 2 objects.", lines[^1]);
    }

    [Fact]
    public async Task What_was_sent_is_not_delivered_before_its_report()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await StartAsync(pacs, Settings, Commitment);

        var rows = await outbox.UntilAsync(row => row.ProofText.StartsWith("storage commitment asked", StringComparison.Ordinal));

        Assert.All(rows, row => Assert.Equal((DeliveryState.Sent, DeliveryProof.None), (row.State, row.Proof)));
        await pacs.ReportAsync(TestPacs.Keep(pacs.Requests.Single()));
        await outbox.UntilAsync(row => row.Proof == DeliveryProof.Commitment);
    }

    [Fact]
    public async Task An_object_that_the_pacs_lost_is_sent_again_and_proved_then()
    {
        await using var pacs = new TestPacs();
        pacs.Commit = request => pacs.Requests.Count == 1
            ? new(request.TransactionUid, [request.References[0]],
                [new(request.References[1], CommitmentFailure.NoSuchObject)])
            : TestPacs.Keep(request);
        await using var outbox = await StartAsync(pacs, Settings, Commitment);

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);

        Assert.Equal([0, 1], rows.Select(row => row.Resends));
        Assert.Equal(["1.2.3.1", "1.2.3.2", "1.2.3.2"], pacs.Received);
        Assert.Equal(["1.2.3.2"], pacs.Requests.Last().References.Select(r => r.SopInstanceUid));
        var line = Assert.Single(await outbox.CustodyAsync(), l => l.Severity == CustodySeverity.Warning);
        Assert.Equal("storage commitment failed: 0112H no such object instance", line.Cause);
    }

    [Fact]
    public async Task An_object_that_the_pacs_never_keeps_stops_after_the_resends_and_shows_why()
    {
        await using var pacs = new TestPacs { Commit = TestPacs.Lose };
        await using var outbox = await StartAsync(pacs, Settings with { MostResends = 1 }, Commitment);

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Failed);

        Assert.Equal(4, pacs.Received.Count);
        Assert.All(rows, row => Assert.Contains("0112H", row.Error, StringComparison.Ordinal));
        var line = Assert.Single(await outbox.CustodyAsync(), l => l.Severity == CustodySeverity.Error);
        Assert.NotEmpty(line.Remedy);
    }

    [Fact]
    public async Task A_pacs_that_never_reports_is_asked_again_and_then_given_up_with_an_alarm_before()
    {
        await using var pacs = new TestPacs();
        var impatient = Settings with
        {
            ReportLimit = TimeSpan.FromMilliseconds(150),
            Alarm = TimeSpan.FromMilliseconds(100),
            MostRequests = 2,
        };
        await using var outbox = await StartAsync(pacs, impatient, Commitment);

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Failed);

        Assert.Equal(2, pacs.Requests.Select(r => r.TransactionUid).Distinct().Count());
        Assert.All(rows, row => Assert.Contains("2 requests for storage commitment", row.Error, StringComparison.Ordinal));
        var lines = await outbox.CustodyAsync();
        Assert.Contains(lines, l => l.Text.StartsWith("It is not proved yet that", StringComparison.Ordinal));
        Assert.Equal(2, pacs.Received.Count);
    }

    [Fact]
    public async Task A_pacs_that_never_reports_but_can_be_queried_is_queried()
    {
        await using var pacs = new TestPacs();
        pacs.Visible = () => pacs.Received;
        await using var outbox = await StartAsync(
            pacs, Settings with { ReportLimit = TimeSpan.FromMilliseconds(100) }, Commitment, Find);

        await outbox.UntilAsync(row => row is { State: DeliveryState.Delivered, Proof: DeliveryProof.Find });
        Assert.Single(pacs.Requests);

        // A late report is still taken: it says more than that the objects were seen.
        await pacs.ReportAsync(TestPacs.Keep(pacs.Requests.Single()));
        await outbox.UntilAsync(row => row.Proof == DeliveryProof.Commitment);
    }

    [Fact]
    public async Task A_late_report_that_denies_what_was_seen_has_it_sent_again()
    {
        await using var pacs = new TestPacs();
        pacs.Visible = () => pacs.Received;
        await using var outbox = await StartAsync(
            pacs, Settings with { ReportLimit = TimeSpan.FromMilliseconds(100) }, Commitment, Find);
        await outbox.UntilAsync(row => row.Proof == DeliveryProof.Find);
        pacs.Commit = TestPacs.Keep;

        await pacs.ReportAsync(TestPacs.Lose(pacs.Requests.Single()));

        var rows = await outbox.UntilAsync(row => row is { Proof: DeliveryProof.Commitment, Resends: 1 });
        Assert.All(rows, row => Assert.Equal(DeliveryState.Delivered, row.State));
    }

    [Fact]
    public async Task A_pacs_that_refuses_to_commit_is_queried_and_what_it_does_not_show_is_sent_again()
    {
        await using var pacs = new TestPacs { CommitStatus = DimseStatus.ProcessingFailure("no") };
        pacs.Visible = () => pacs.Received.Count > 2 ? pacs.Received : ["1.2.3.1"];
        await using var outbox = await StartAsync(
            pacs, Settings with { VisibleLimit = TimeSpan.FromMilliseconds(100) }, Commitment, Find);

        var rows = await outbox.UntilAsync(row => row.Proof == DeliveryProof.Find);

        Assert.Equal([0, 1], rows.Select(row => row.Resends));
    }

    [Fact]
    public async Task A_pacs_that_offers_no_proof_is_told_plainly()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await StartAsync(pacs, Settings);

        await outbox.UntilAsync(row => row is { State: DeliveryState.Delivered, Proof: DeliveryProof.NotPossible });

        var line = Assert.Single(await outbox.CustodyAsync(), l => l.Severity == CustodySeverity.Warning);
        Assert.Equal($"It cannot be proved that {pacs.Destination.Name} has 2 objects.", line.Text);
    }

    [Theory]
    [InlineData(ProofPolicy.Commitment, "storage commitment")]
    [InlineData(ProofPolicy.Find, "C-FIND")]
    public async Task A_proof_that_is_demanded_and_not_offered_is_a_failure(ProofPolicy policy, string what)
    {
        await using var pacs = new TestPacs();
        await using var outbox = await StartAsync(
            pacs, Settings with { Proofs = new Dictionary<string, ProofPolicy> { ["*"] = policy } });

        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Failed);

        Assert.All(rows, row => Assert.Contains(what, row.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_report_is_taken_and_changes_nothing_and_one_on_an_unknown_transaction_is_refused()
    {
        await using var pacs = new TestPacs { Commit = TestPacs.Keep };
        await using var outbox = await StartAsync(pacs, Settings, Commitment);
        await outbox.UntilAsync(row => row.State == DeliveryState.Delivered);
        var told = (await outbox.CustodyAsync()).Count;

        await pacs.ReportAsync(TestPacs.Lose(pacs.Requests.Single()));
        await pacs.ReportAsync(TestPacs.Keep(pacs.Requests.Single()) with { TransactionUid = "1.2.3.4" });

        var answers = pacs.ReportAnswers.Cast<SendOutcome.Answered>().Select(answer => answer.Status.Code);
        Assert.Equal([0x0000, 0x0000, 0x0110], answers.TakeLast(3).Select(code => (int)code));
        Assert.All(await outbox.DeliveriesAsync(), row => Assert.Equal(DeliveryProof.Commitment, row.Proof));
        Assert.Equal(told, (await outbox.CustodyAsync()).Count);
    }

    [Fact]
    public async Task A_restart_between_request_and_report_asks_nothing_again()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await Outbox.CreateAsync();
        await AddTwoAsync(outbox, pacs);
        pacs.Offer(Commitment);
        var delivery = Outbox.Settings with { Pacs = [pacs.Destination] };
        var first = outbox.StartProving(delivery, Settings);
        await outbox.UntilAsync(row => row.ProofText.StartsWith("storage commitment asked", StringComparison.Ordinal));
        await first.StopAsync(CancellationToken.None);

        // What the start of the next process does.
        Assert.Equal(0, await outbox.Proofs.ReleaseAsync(CancellationToken.None));
        pacs.ReportTo = outbox.OpenGate(Settings);
        outbox.Prove(delivery, Settings);
        await pacs.ReportAsync(TestPacs.Keep(pacs.Requests.Single()));

        await outbox.UntilAsync(row => row.Proof == DeliveryProof.Commitment);
        Assert.Single(pacs.Requests);
    }

    [Fact]
    public async Task A_request_whose_answer_is_not_known_is_made_again_after_a_restart_and_either_report_counts()
    {
        await using var pacs = new TestPacs();
        await using var outbox = await Outbox.CreateAsync();
        await AddTwoAsync(outbox, pacs);
        pacs.Offer(Commitment);
        pacs.ReportTo = outbox.OpenGate(Settings);
        var delivery = Outbox.Settings with { Pacs = [pacs.Destination] };
        outbox.Start(delivery, Settings);
        var rows = await outbox.UntilAsync(row => row.State == DeliveryState.Sent);
        await outbox.Proofs.AskingAsync(rows, "1.2.3.4.5", DateTime.UtcNow.AddHours(1), CancellationToken.None);

        Assert.Equal(2, await outbox.Proofs.ReleaseAsync(CancellationToken.None));
        outbox.Prove(delivery, Settings);
        await outbox.UntilAsync(row => row.ProofText.StartsWith("storage commitment asked", StringComparison.Ordinal));
        Assert.NotEqual("1.2.3.4.5", Assert.Single(pacs.Requests).TransactionUid);
        await pacs.ReportAsync(TestPacs.Keep(pacs.Requests.Single()) with { TransactionUid = "1.2.3.4.5" });

        await outbox.UntilAsync(row => row.Proof == DeliveryProof.Commitment);
    }

    private static async Task<Outbox> StartAsync(TestPacs pacs, WorkflowSettings settings, params string[] offered)
    {
        var outbox = await Outbox.CreateAsync();
        await AddTwoAsync(outbox, pacs);
        pacs.Offer(offered);
        pacs.ReportTo = outbox.OpenGate(settings);
        outbox.StartProving(Outbox.Settings with { Pacs = [pacs.Destination] }, settings);
        return outbox;
    }

    private static async Task AddTwoAsync(Outbox outbox, TestPacs pacs)
    {
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.1", 1, DicomUID.SegmentationStorage);
        await outbox.AddObjectAsync(pacs.Destination.Name, "1.2.3.2", 2, DicomUID.Comprehensive3DSRStorage);
    }
}
