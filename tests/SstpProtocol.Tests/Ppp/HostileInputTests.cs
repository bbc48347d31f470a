using SstpProtocol.Ppp;

namespace SstpProtocol.Tests.Ppp;

/// <summary>
/// Whatever a peer sends, a link throws nothing, answers with well-formed packets, and keeps telling its deadlines.
/// </summary>
public sealed class HostileInputTests
{
    private static readonly PppProtocol[] Protocols =
    [
        PppProtocol.Lcp, PppProtocol.Lcp, PppProtocol.Lcp, PppProtocol.Ipcp, PppProtocol.Ipv6cp, PppProtocol.Ccp,
        (PppProtocol)0x003D,
    ];

    private static readonly string[] Seeds =
    [
        "01 01 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01",
        "02 01 00 12 01 04 0F F7 03 04 C2 27 05 06 01 01 01 01",
        "02 01 00 0E 01 04 0F F7 05 06 01 01 01 01",
        "03 01 00 09 03 05 C2 23 81",
        "04 01 00 0A 05 06 01 01 01 01",
        "05 01 00 08 41 42 43 44",
        "06 01 00 04",
        "07 01 00 08 01 01 00 04",
        "08 01 00 0A 80 21 01 01 00 04",
        "09 01 00 0C 00 00 00 00 41 42 43 44",
        "0C 01 00 0A 00 00 00 00 41 42",
        "01 01 00 16 03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00",
        "02 01 00 0A 03 06 0A 09 00 01",
        "03 01 00 0A 03 06 0A 09 00 07",
        "01 01 00 0E 01 0A 00 00 00 00 00 00 00 77",
        "02 01 00 0E 01 0A 00 00 00 00 00 00 00 01",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_server_withstands_mutated_packets_in_every_phase(int seed)
    {
        var random = new Random(seed);
        Func<ServerBench>[] phases =
        [
            () => ServerBench.Started(), () => ServerBench.LcpOpened(), () => ServerBench.Authenticated(),
            () => ServerBench.Assigned(), ServerBench.Ipv4AndIpv6Opened,
        ];

        for (var round = 0; round < 2_000; round++)
        {
            var bench = phases[round % phases.Length]();
            for (var i = 0; i < 20; i++)
            {
                bench.Link.Receive(Protocols[random.Next(Protocols.Length)], Mutated(random), bench.Now);
                if (random.Next(8) == 0) bench.Advance(random.Next(4));
                Assert.All(bench.Sent(), AssertWellFormed);
            }

            bench.Advance(300);
            Assert.True(bench.Link.NextDeadline is not { } deadline || deadline > bench.Now);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_client_withstands_mutated_packets_in_every_phase(int seed)
    {
        var random = new Random(seed);
        Func<ClientBench>[] phases = [() => new ClientBench(), () => ClientBench.LcpOpened(), () => ClientBench.Authenticated()];

        for (var round = 0; round < 2_000; round++)
        {
            var bench = phases[round % phases.Length]();
            for (var i = 0; i < 20; i++)
            {
                bench.Link.Receive(Protocols[random.Next(Protocols.Length)], Mutated(random), bench.Now);
                if (random.Next(8) == 0) bench.Advance(random.Next(4));
                Assert.All(bench.Sent(), AssertWellFormed);
            }
        }
    }

    [Fact]
    public void A_link_that_has_opened_survives_every_truncation_of_every_packet()
    {
        foreach (var packet in Seeds.Select(Hex.Bytes))
        {
            for (var length = 0; length < packet.Length; length++)
            {
                var bench = ServerBench.Ipv4AndIpv6Opened();
                foreach (var protocol in new[] { PppProtocol.Lcp, PppProtocol.Ipcp, PppProtocol.Ipv6cp })
                    bench.Link.Receive(protocol, packet.AsSpan(0, length), bench.Now);

                Assert.Empty(bench.Sent());
                Assert.Empty(bench.Events());
            }
        }
    }

    private static byte[] Mutated(Random random)
    {
        var packet = Hex.Bytes(Seeds[random.Next(Seeds.Length)]);
        for (var changes = random.Next(4); changes > 0; changes--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
        if (random.Next(4) == 0) packet = packet[..random.Next(packet.Length + 1)];
        if (random.Next(4) == 0) packet = [.. packet, .. packet];
        if (random.Next(2) == 0 && packet.Length >= 4) (packet[2], packet[3]) = ((byte)(packet.Length >> 8), (byte)packet.Length);
        return packet;
    }

    private static void AssertWellFormed(string sent)
    {
        var packet = Hex.Bytes(sent[6..]);
        Assert.Equal(packet.Length, (packet[2] << 8) | packet[3]);
        if (packet[0] is < 1 or > 4 || sent.StartsWith("C223", StringComparison.Ordinal)) return;

        for (var at = 4; at < packet.Length; at += packet[at + 1])
            Assert.InRange(packet[at + 1], 2, packet.Length - at);
    }
}
