using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class CallPairTests
{
    [Fact]
    public void Both_ends_connect()
    {
        var pair = CallPair.Connected();

        Assert.Equal(CallStage.CallConnected, pair.Server.Stage);
        Assert.Equal(CallStage.CallConnected, pair.Client.Stage);
        Assert.Equal([SstpMessageType.CallConnectAck], pair.SentByServer);
        Assert.Equal([SstpMessageType.CallConnectRequest, SstpMessageType.CallConnected], pair.SentByClient);
    }

    [Theory]
    [InlineData(SstpHash.Sha1)]
    [InlineData(SstpHash.Sha256)]
    public void Both_ends_bind_with_keys_and_either_hash(SstpHash hash)
    {
        var pair = new CallPair(clientSettings: new ClientCallSettings { AllowedHashes = hash });

        pair.Authenticate(HigherLayerKey.FromServerKeys([1, 2], [3, 4]), HigherLayerKey.FromServerKeys([1, 2], [3, 4]));

        Assert.Equal(hash, Assert.Single(pair.ServerEvents.OfType<CallEvent.Connected>()).Proof.Hash);
    }

    [Fact]
    public void A_client_with_other_keys_is_aborted_and_learns_the_status()
    {
        var pair = new CallPair();

        pair.Authenticate(HigherLayerKey.FromServerKeys([1, 2], [3, 4]), HigherLayerKey.None);
        pair.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(BindingDiagnosis.ClientHadNoKey, pair.Server.End?.Diagnosis);
        Assert.Equal(CallEndReason.PeerAbort, pair.Client.End?.Reason);
        Assert.Equal(SstpStatus.ValueNotSupported, pair.Client.End?.PeerStatus);
        Assert.Equal(CallStage.Closed, pair.Server.Stage);
        Assert.Equal(CallStage.Closed, pair.Client.Stage);
    }

    [Fact]
    public void A_client_that_saw_another_certificate_is_refused()
    {
        var pair = new CallPair(seenByClient: CertificateDigests.FromDer("a proxy's certificate"u8));

        pair.Authenticate(HigherLayerKey.None, HigherLayerKey.None);

        Assert.Equal(PeerFault.CertificateHashMismatch, pair.Server.End?.Fault);
    }

    [Fact]
    public void An_idle_call_lives_on_echoes_for_a_day()
    {
        var pair = CallPair.Connected();
        pair.Latency = TimeSpan.FromMilliseconds(150);

        pair.Advance(TimeSpan.FromDays(1));

        Assert.Equal(CallStage.CallConnected, pair.Server.Stage);
        Assert.Equal(CallStage.CallConnected, pair.Client.Stage);
        Assert.InRange(pair.SentByServer.Count(type => type == SstpMessageType.EchoRequest), 1, 1440);
    }

    [Fact]
    public void Both_ends_notice_a_cut_within_two_hello_intervals_and_send_no_abort()
    {
        var pair = CallPair.Connected();

        pair.IsCut = true;
        pair.Advance(TimeSpan.FromSeconds(120));

        Assert.Equal(CallEndReason.PeerSilent, pair.Server.End?.Reason);
        Assert.Equal(CallEndReason.PeerSilent, pair.Client.End?.Reason);
        Assert.DoesNotContain(SstpMessageType.CallAbort, pair.SentByServer.Concat(pair.SentByClient));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disconnect_from_either_end_closes_both(bool fromServer)
    {
        var pair = CallPair.Connected();

        SstpCall first = fromServer ? pair.Server : pair.Client;
        SstpCall second = fromServer ? pair.Client : pair.Server;
        first.Disconnect(pair.Now);
        pair.Run();
        Assert.Equal(CallStage.Closed, first.Stage);
        pair.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CallEndReason.LocalDisconnect, first.End?.Reason);
        Assert.Equal(CallEndReason.PeerDisconnect, second.End?.Reason);
        Assert.Equal(CallStage.Closed, second.Stage);
    }

    [Fact]
    public void Disconnects_that_cross_close_both_ends_within_a_second()
    {
        var pair = CallPair.Connected();

        pair.Server.Disconnect(pair.Now);
        pair.Client.Disconnect(pair.Now);
        pair.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CallEndReason.LocalDisconnect, pair.Server.End?.Reason);
        Assert.Equal(CallEndReason.LocalDisconnect, pair.Client.End?.Reason);
        Assert.Equal(CallStage.Closed, pair.Server.Stage);
        Assert.Equal(CallStage.Closed, pair.Client.Stage);
    }

    [Fact]
    public void An_abort_is_answered_and_closes_both_ends_a_second_later()
    {
        var pair = CallPair.Connected();

        pair.Server.Abort(PeerFault.AnswersNotRead, pair.Now);
        pair.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(CallStage.Ending, pair.Server.Stage);
        pair.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(CallStage.Closed, pair.Server.Stage);
        Assert.Equal(CallStage.Closed, pair.Client.Stage);
        Assert.Equal(SstpMessageType.CallAbort, pair.SentByClient[^1]);
    }

    [Fact]
    public void The_server_gives_up_waiting_for_call_connected_and_the_client_is_told_why()
    {
        var pair = new CallPair(clientSettings: new ClientCallSettings { AuthenticationTimeout = TimeSpan.FromMinutes(5) });

        pair.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(PeerFault.AuthenticationTimedOut, pair.Server.End?.Fault);
        Assert.Equal(SstpStatus.NegotiationTimeout, pair.Client.End?.PeerStatus);
    }
}
