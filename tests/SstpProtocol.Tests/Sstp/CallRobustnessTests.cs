using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Sstp;

public class CallRobustnessTests
{
    private static readonly string[] ServerStateNames =
    [
        "ConnectRequestPending", "CallConnectedPending", "CallConnected", "AbortPending",
        "AbortTimeoutPending", "DisconnectAckPending",
        "DisconnectTimeoutPending",
    ];

    private static readonly byte[][] Valid =
    [
        Packets.ConnectRequest, Packets.Ack(), Packets.Nak,
        Packets.CallConnected(SstpHash.Sha1), Packets.CallConnected(SstpHash.Sha256),
        Packets.Abort, Packets.Disconnect, Packets.DisconnectAck, Packets.EchoRequest, Packets.EchoResponse,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_sequence_of_bytes_makes_a_call_throw_connect_or_talk_without_end(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 3_000; run++)
        {
            var server = ServerStates.New();
            var client = ClientStates.New();
            for (var step = 0; step < 12; step++)
            {
                var packet = Mutate(Valid[random.Next(Valid.Length)], random);
                server.Receive(packet).Wait(random.Next(5));
                client.Receive(packet).Wait(random.Next(5));
            }

            Assert.InRange(server.Sent.Count, 0, 24);
            Assert.InRange(client.Sent.Count, 0, 24);
            Assert.DoesNotContain(server.Events, e => e is CallEvent.Connected);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_changed_call_connected_never_connects(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 5_000; run++)
        {
            var original = Packets.CallConnected(SstpHash.Sha256);
            var packet = Mutate(original, random);
            if (packet.AsSpan().SequenceEqual(original)) continue;

            var server = ServerStates.Requested()
                .Do((call, now) => call.PppAuthenticated(HigherLayerKey.None, now)).Receive(packet);

            Assert.NotEqual(CallStage.CallConnected, server.Call.Stage);
        }
    }

    [Fact]
    public void Every_state_closes_within_two_minutes_of_silence()
    {
        foreach (var state in ServerStateNames)
        {
            Assert.Equal(CallStage.Closed, ServerStates.In(state).Wait(120).Call.Stage);
        }
    }

    [Fact]
    public void A_message_of_the_greatest_length_is_read_to_its_end()
    {
        var packet = new byte[SstpHeader.MaxLength];
        Packets.Hex("10010FFF 00010001 00010FF7").CopyTo(packet, 0);

        var server = ServerStates.New().Receive(packet);

        // Refused for its length, with no more than 64 of its 4083 octets sent back.
        Assert.Equal(8 + 12 + 64, Assert.Single(server.Sent).Length);
    }

    private static byte[] Mutate(byte[] packet, Random random)
    {
        byte[] mutated = [.. packet];
        switch (random.Next(6))
        {
            case 0:
                return mutated;
            case 1:
                return mutated[..random.Next(mutated.Length)];
            case 2:
                return [.. mutated, .. new byte[random.Next(1, 20)]];
            case 3:
                random.NextBytes(mutated.AsSpan(random.Next(mutated.Length)));
                return mutated;
            default:
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
                return mutated;
        }
    }
}
