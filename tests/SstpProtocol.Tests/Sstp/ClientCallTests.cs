using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class ClientCallTests
{
    [Fact]
    public void Begins_with_the_connect_request()
    {
        Assert.Equal(Packets.ConnectRequest, Assert.Single(ClientStates.New().Sent));
    }

    [Theory]
    [InlineData(SstpHash.Sha1 | SstpHash.Sha256, SstpHash.Sha256)]
    [InlineData(SstpHash.Sha256, SstpHash.Sha256)]
    [InlineData(SstpHash.Sha1, SstpHash.Sha1)]
    [InlineData((SstpHash)0xFF, SstpHash.Sha256)]
    public void Binds_with_the_strongest_hash_that_the_server_offers(SstpHash offered, SstpHash expected)
    {
        byte[] receiveKey = [.. Enumerable.Repeat((byte)1, 16)];
        byte[] sendKey = [.. Enumerable.Repeat((byte)2, 16)];
        var client = ClientStates.New().Receive(Packets.Ack(offered));
        client.TakeSent();

        client.Do((call, now) => call.PppAuthenticated(HigherLayerKey.FromServerKeys(receiveKey, sendKey), now));

        Assert.Equal(Packets.CallConnected(expected, [.. receiveKey, .. sendKey]), Assert.Single(client.Sent));
        Assert.Equal(new CallEvent.CallConnectedSent(expected), client.Events[^1]);
        Assert.True(client.Call.AcceptsNetworkData);
    }

    [Theory]
    [InlineData(SstpHash.None)]
    [InlineData(SstpHash.Sha1)]
    [InlineData((SstpHash)0xFC)]
    public void Aborts_when_no_allowed_hash_is_offered(SstpHash offered)
    {
        var client = ClientStates.New(new ClientCallSettings { AllowedHashes = SstpHash.Sha256 });
        client.TakeSent();

        client.Receive(Packets.Ack(offered));

        Assert.Equal(PeerFault.NoCommonHash, client.Call.End?.Fault);
        Assert.Equal(Packets.Hex("10010014 00050001 0002000C 00000004 00000004"), Assert.Single(client.Sent));
    }

    [Theory]
    [InlineData("10010008 00020000")]
    [InlineData("1001000C 00020001 00040004")]
    [InlineData("10010014 00020001 0002000C 00000000 00000000")]
    public void Aborts_when_the_server_asks_for_no_readable_crypto_binding(string ack)
    {
        var client = ClientStates.New().Receive(Packets.Hex(ack));

        Assert.Equal(PeerFault.CryptoBindingRequestMissing, client.Call.End?.Fault);
    }

    [Fact]
    public void Repeats_a_refused_request_three_times_and_then_aborts()
    {
        var client = ClientStates.New().Receive(Packets.Nak, Packets.Nak, Packets.Nak);
        Assert.Equal(4, client.TakeSent().Count(packet => packet.AsSpan().SequenceEqual(Packets.ConnectRequest)));

        client.Receive(Packets.Nak);

        Assert.Equal(PeerFault.RetryCountExceeded, client.Call.End?.Fault);
        Assert.Equal(Packets.Hex("10010014 00050001 0002000C 00000002 00000006"), Assert.Single(client.Sent));
    }

    [Fact]
    public void Aborts_when_the_request_is_not_answered_within_sixty_seconds()
    {
        var client = ClientStates.New().Wait(60);

        Assert.Equal(PeerFault.ConnectAckTimedOut, client.Call.End?.Fault);
    }

    [Fact]
    public void Aborts_when_authentication_does_not_end_within_sixty_seconds()
    {
        var client = ClientStates.Acknowledged().Wait(60);

        Assert.Equal(PeerFault.AuthenticationTimedOut, client.Call.End?.Fault);
    }

    [Fact]
    public void Sends_echoes_and_notices_a_dead_server()
    {
        var client = ClientStates.Connected();
        client.TakeSent();

        client.Wait(60);
        Assert.Equal(Packets.EchoRequest, Assert.Single(client.TakeSent()));
        client.Wait(60);

        Assert.Equal(CallEndReason.PeerSilent, client.End?.Reason);
        Assert.Empty(client.Sent);
    }

    [Fact]
    public void Binds_once_only_and_erases_each_key()
    {
        var key = HigherLayerKey.FromServerKeys([1, 2, 3], []);
        var client = ClientStates.Connected();
        client.TakeSent();

        client.Do((call, now) => call.PppAuthenticated(key, now));

        Assert.Empty(client.Sent);
        Assert.Equal(new byte[32], key.Octets.ToArray());
    }

    [Fact]
    public void Refuses_to_be_told_of_an_authentication_before_ppp_may_start()
    {
        var client = ClientStates.New();

        Assert.Throws<InvalidOperationException>(() => client.Call.PppAuthenticated(HigherLayerKey.None, default));
    }
}
