using ClinicalSuite.Dicom.Network;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ClinicalSuite.Standards.Tests.Network;

/// <summary>Laws of PS3.8 table 9-10 that hold whatever a peer does.</summary>
public sealed class UpperLayerTests
{
    private static readonly AssociationEvent[] FromPeer =
    [
        AssociationEvent.AssociateAcceptPdu, AssociationEvent.AssociateRejectPdu, AssociationEvent.AssociateRequestPdu,
        AssociationEvent.DataTransferPdu, AssociationEvent.ReleaseRequestPdu, AssociationEvent.ReleaseResponsePdu,
        AssociationEvent.AbortPdu, AssociationEvent.TransportClosed, AssociationEvent.InvalidPdu,
    ];

    [Fact]
    public void Table_has_an_entry_for_whatever_a_peer_does_on_an_open_connection()
    {
        foreach (var state in Enum.GetValues<AssociationState>())
        {
            if (state is AssociationState.Idle or AssociationState.AwaitingTransport)
            {
                continue;
            }
            Assert.All(FromPeer, what => Assert.NotNull(UpperLayer.Next(state, what)));
        }
    }

    [Fact]
    public void Whatever_a_peer_does_data_is_taken_in_established_and_release_states_only()
    {
        Prop.ForAll(Sequences(), events =>
        {
            var state = AssociationState.AwaitingAssociateRequest;
            foreach (var what in events)
            {
                if (UpperLayer.Next(state, what) is not { } entry)
                {
                    continue;
                }
                if (entry.Action == AssociationAction.IndicateData
                    && state is not (AssociationState.Established or AssociationState.AwaitingReleaseResponse))
                {
                    return false;
                }
                state = entry.Next;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void State_13_is_left_only_for_idle_and_sends_nothing_but_an_abort()
    {
        foreach (var what in Enum.GetValues<AssociationEvent>())
        {
            if (UpperLayer.Next(AssociationState.AwaitingTransportClose, what) is { } entry)
            {
                Assert.True(entry.Next is AssociationState.AwaitingTransportClose or AssociationState.Idle);
                Assert.Contains(entry.Action, new[]
                {
                    AssociationAction.Ignore, AssociationAction.SendProviderAbort, AssociationAction.Close,
                    AssociationAction.StopArtim,
                });
            }
        }
    }

    [Fact]
    public void Every_run_of_peer_events_ends_in_idle_once_the_transport_closes()
    {
        Prop.ForAll(Sequences(), events =>
        {
            var state = AssociationState.AwaitingAssociateRequest;
            foreach (var what in events)
            {
                state = UpperLayer.Next(state, what)?.Next ?? state;
            }
            return state == AssociationState.Idle
                || UpperLayer.Next(state, AssociationEvent.TransportClosed)?.Next == AssociationState.Idle;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(true, AssociationState.CollisionRequestorDecision)]
    [InlineData(false, AssociationState.CollisionAcceptorResponse)]
    public void Release_collision_tells_the_sides_apart(bool requestor, AssociationState next) =>
        Assert.Equal((AssociationAction.IndicateCollision, next), UpperLayer.Next(
            AssociationState.AwaitingReleaseResponse, AssociationEvent.ReleaseRequestPdu, requestor));

    private static Arbitrary<AssociationEvent[]> Sequences() =>
        Gen.Elements(Enum.GetValues<AssociationEvent>()).ArrayOf().ToArbitrary();
}
