using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class ServerCallBindingTests
{
    private static readonly byte[] ReceiveKey = Packets.Hex("D5F0E9521E3EA9589645E86051C82226");
    private static readonly byte[] SendKey = Packets.Hex("8B7CDC149B993A1BA118CB153F56DCCB");

    // MS-SSTP 4.7: higher-layer key, nonce, certificate hash and the whole CALL_CONNECTED.
    public static TheoryData<string, string, string, string> PublishedExamples => new()
    {
        {
            "2A1BB40D55AB0F5EF32F06F2B3CC73C48FD3FAC41D7A1315A19228D9024CA164",
            "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435",
            "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D",
            "10010070 00040001 00030068 00000002"
            + "412B489AEBD7ECC7D08966F26BE7CD72B231A0E9210D7C91B308862B0344C435"
            + "7993EF314C493DACE9F02D60E7E61C84B6690AAFE9D7AEEA92CBBE8AD599422D"
            + "52A68EFD8CFFBF52770B8F0FE8EC73716583AF6D611EB6D179B3B20840985449"
        },
        {
            "4B3128F43925D9006EEFB1C4E86515A1D88E56BAB3CA2BDF0373B7F5A8A13B19",
            "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF",
            "5826B629BDA59B8E6FD8DCD2622FD34C534805A5",
            "10010070 00040001 00030068 00000001"
            + "0F1A2D58D4A3E3000FAD3CE4906E07B707AA9E441CCEAC5CBD7B2CC1C9D86CDF"
            + "5826B629BDA59B8E6FD8DCD2622FD34C534805A5 000000000000000000000000"
            + "69915DD583D8062FEF16F61DB2F03290EC27CB6C 000000000000000000000000"
        },
    };

    [Theory]
    [MemberData(nameof(PublishedExamples))]
    public void Accepts_the_examples_of_the_specification(string key, string nonce, string certificateHash, string packet)
    {
        var digest = Packets.Hex(certificateHash);
        var call = new ServerCall(
            new ServerCallSettings(), new CertificateDigests(digest, digest), new ScriptedNonce(Packets.Hex(nonce)), default);
        var server = new CallDriver<ServerCall>(call).Receive(Packets.ConnectRequest);

        server.Do((c, now) => c.PppAuthenticated(HigherLayerKey.FromServerKeys(Packets.Hex(key), []), now))
            .Receive(Packets.Hex(packet));

        var connected = Assert.IsType<CallEvent.Connected>(server.Events[^1]);
        Assert.Equal(digest.Length == 20 ? SstpHash.Sha1 : SstpHash.Sha256, connected.Proof.Hash);
    }

    [Theory]
    [InlineData(SstpHash.Sha1)]
    [InlineData(SstpHash.Sha256)]
    public void Accepts_a_call_connected_that_comes_before_authentication_ends(SstpHash hash)
    {
        var server = ServerStates.Requested().Receive(Packets.CallConnected(hash, [.. ReceiveKey, .. SendKey]));
        Assert.Equal(CallStage.CallConnectedPending, server.Call.Stage);
        Assert.False(server.Call.AcceptsNetworkData);

        server.Do((call, now) => call.PppAuthenticated(HigherLayerKey.FromServerKeys(ReceiveKey, SendKey), now));

        Assert.Equal(CallStage.CallConnected, server.Call.Stage);
        Assert.Equal(hash, Assert.IsType<CallEvent.Connected>(server.Events[^1]).Proof.Hash);
    }

    [Fact]
    public void Keeps_an_early_call_connected_as_received_though_the_buffer_is_reused()
    {
        var buffer = Packets.CallConnected(SstpHash.Sha256);
        var server = ServerStates.Requested().Receive(buffer);
        buffer.AsSpan().Fill(0xEE);

        server.Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now));

        Assert.Equal(CallStage.CallConnected, server.Call.Stage);
    }

    [Fact]
    public void Computes_the_mac_over_the_bytes_as_received_reserved_bits_included()
    {
        var packet = Packets.CallConnected(SstpHash.Sha256, alter: p => (p[1], p[2], p[8], p[12]) = (0xFF, 0xF0, 0x55, 0xAA));

        var server = ServerStates.In("CallConnectedPending").Receive(packet);

        Assert.Equal(CallStage.CallConnected, server.Call.Stage);
    }

    [Theory]
    [InlineData(Packets.HashOffset, PeerFault.HashNotOffered)]
    [InlineData(Packets.NonceOffset, PeerFault.NonceMismatch)]
    [InlineData(Packets.NonceOffset + 31, PeerFault.NonceMismatch)]
    [InlineData(Packets.CertificateHashOffset, PeerFault.CertificateHashMismatch)]
    [InlineData(Packets.CertificateHashOffset + 31, PeerFault.CertificateHashMismatch)]
    [InlineData(Packets.CompoundMacOffset, PeerFault.CompoundMacMismatch)]
    [InlineData(Packets.CompoundMacOffset + 31, PeerFault.CompoundMacMismatch)]
    public void Refuses_a_wrong_value_with_value_not_supported_about_the_crypto_binding(int offset, PeerFault expected)
    {
        var packet = Packets.CallConnected(SstpHash.Sha256);
        packet[offset] ^= 0x80;
        var server = ServerStates.In("CallConnectedPending").Receive(packet);

        Assert.Equal(expected, server.Call.End?.Fault);
        Assert.Equal(Packets.Hex("10010014 00050001 0002000C 00000003 00000004"), Assert.Single(server.Sent));
    }

    [Theory]
    [InlineData(Packets.NonceOffset, PeerFault.NonceMismatch)]
    [InlineData(Packets.CertificateHashOffset, PeerFault.CertificateHashMismatch)]
    public void Refuses_what_needs_no_key_before_authentication_ends(int offset, PeerFault expected)
    {
        var packet = Packets.CallConnected(SstpHash.Sha256, alter: p => p[offset] ^= 1);

        var server = ServerStates.Requested().Receive(packet);

        Assert.Equal(expected, server.Call.End?.Fault);
    }

    [Theory]
    [InlineData(SstpHash.Sha1 | SstpHash.Sha256)]
    [InlineData(SstpHash.None)]
    [InlineData((SstpHash)4)]
    public void Refuses_a_hash_field_that_names_not_exactly_one_known_hash(SstpHash hash)
    {
        var packet = Packets.CallConnected(SstpHash.Sha256, alter: p => p[Packets.HashOffset] = (byte)hash);

        var server = ServerStates.In("CallConnectedPending").Receive(packet);

        Assert.Equal(PeerFault.HashNotOffered, server.Call.End?.Fault);
    }

    [Fact]
    public void Refuses_a_hash_that_was_not_offered()
    {
        var server = ServerStates.Requested(new ServerCallSettings { OfferedHashes = SstpHash.Sha256 })
            .Receive(Packets.CallConnected(SstpHash.Sha1));

        Assert.Equal(PeerFault.HashNotOffered, server.Call.End?.Fault);
    }

    [Theory]
    [InlineData(1, 2, "Zeros", BindingDiagnosis.ClientHadNoKey)]
    [InlineData(1, 2, "ReceiveThenZeros", BindingDiagnosis.ClientUsedReceiveKeyOnly)]
    [InlineData(1, 2, "SendThenReceive", BindingDiagnosis.ClientUsedSendThenReceive)]
    [InlineData(1, 2, "Other", BindingDiagnosis.NoneMatched)]
    [InlineData(0, 0, "Other", BindingDiagnosis.ServerHadNoKey)]
    public void Refuses_every_other_key_and_says_which_mistake_explains_it(
        byte receive, byte send, string used, BindingDiagnosis expected)
    {
        byte[] receiveKey = [.. Enumerable.Repeat(receive, 16)];
        byte[] sendKey = [.. Enumerable.Repeat(send, 16)];
        byte[] clientKey = used switch
        {
            "Zeros" => new byte[32],
            "ReceiveThenZeros" => [.. receiveKey, .. new byte[16]],
            "SendThenReceive" => [.. sendKey, .. receiveKey],
            _ => [.. Enumerable.Repeat((byte)9, 32)],
        };

        var server = ServerStates.Requested()
            .Do((call, now) => call.PppAuthenticated(HigherLayerKey.FromServerKeys(receiveKey, sendKey), now))
            .Receive(Packets.CallConnected(SstpHash.Sha256, clientKey));

        Assert.Equal(PeerFault.CompoundMacMismatch, server.Call.End?.Fault);
        Assert.Equal(expected, server.Call.End?.Diagnosis);
        Assert.Contains(expected.ToText(), server.Call.End?.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Events, e => e is CallEvent.Connected);
    }

    [Fact]
    public void Computes_with_the_keys_of_the_last_authentication()
    {
        var server = ServerStates.Requested()
            .Do((call, now) => call.PppAuthenticated(HigherLayerKey.FromServerKeys(SendKey, SendKey), now))
            .Do((call, now) => call.PppAuthenticated(HigherLayerKey.FromServerKeys(ReceiveKey, SendKey), now))
            .Receive(Packets.CallConnected(SstpHash.Sha1, [.. ReceiveKey, .. SendKey]));

        Assert.Equal(CallStage.CallConnected, server.Call.Stage);
    }

    [Fact]
    public void Erases_the_key_when_the_binding_is_verified()
    {
        var key = HigherLayerKey.FromServerKeys(ReceiveKey, SendKey);

        ServerStates.Requested()
            .Do((call, now) => call.PppAuthenticated(key, now))
            .Receive(Packets.CallConnected(SstpHash.Sha1, [.. ReceiveKey, .. SendKey]));

        Assert.Equal(new byte[32], key.Octets.ToArray());
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("disconnect")]
    [InlineData("timeout")]
    [InlineData("lost")]
    public void Erases_the_key_when_the_call_ends_without_a_binding(string how)
    {
        var key = HigherLayerKey.FromServerKeys(ReceiveKey, SendKey);
        var server = ServerStates.Requested().Do((call, now) => call.PppAuthenticated(key, now));

        if (how == "abort") server.Receive(Packets.Abort);
        else if (how == "disconnect") server.Do((call, now) => call.Disconnect(now));
        else if (how == "timeout") server.Wait(60);
        else server.Do((call, _) => call.ConnectionLost());

        Assert.Equal(new byte[32], key.Octets.ToArray());
    }
}
