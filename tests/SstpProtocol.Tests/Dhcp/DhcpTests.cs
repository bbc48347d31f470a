using System.Net;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;
using SstpProtocol.Tests.Ip;

namespace SstpProtocol.Tests.Dhcp;

public class DhcpTests
{
    private static readonly DhcpAnswerSettings Settings = new()
    {
        Gateway = IPAddress.Parse("10.254.0.1"),
        PrefixLength = 22,
        DnsServers = [IPAddress.Parse("10.254.0.1"), IPAddress.Parse("fd00::1"), IPAddress.Parse("192.0.2.53")],
        SearchDomains = ["corp.example", "lab.example"],
        Routes = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("192.168.4.0/22")],
    };

    /// <summary>What Windows sends after IPCP: a made-up hardware address, and the options it always asks for.</summary>
    private static byte[] InformOfWindows(byte messageType = 8)
    {
        var message = new byte[240];
        message[0] = 1;
        message[1] = 8;
        message[2] = 6;
        Convert.FromHexString("DEADBEEF").CopyTo(message, 4);
        message[10] = 0x80;
        IPAddress.Parse("10.254.0.9").GetAddressBytes().CopyTo(message, 12);
        Convert.FromHexString("005345000000").CopyTo(message, 28);
        Convert.FromHexString("63825363").CopyTo(message, 236);
        byte[] options =
        [
            53, 1, messageType, 61, 7, 8, 0, 0x53, 0x45, 0, 0, 0, 0, 60, 8, .. "MSFT 5.0"u8, 55, 6, 15, 6, 44, 43, 249, 121, 255,
        ];
        return Packets.WithTransportChecksum(
            Packets.Ipv4("10.254.0.9", "255.255.255.255", 17, Packets.Udp(68, 67, [.. message, .. options])));
    }

    [Fact]
    public void Reads_the_inform_of_Windows()
    {
        Assert.True(DhcpInform.TryRead(InformOfWindows(), out var inform));
        Assert.Equal(0xDEADBEEF, inform.TransactionId);
        Assert.Equal(0x8000, inform.Flags);
        Assert.Equal(0x0AFE0009u, inform.ClientAddress);
        Assert.Equal("00534500000000000000000000000000", Convert.ToHexString(inform.HardwareAddress));
        Assert.Equal([15, 6, 44, 43, 249, 121], inform.RequestedOptions.ToArray());
    }

    [Fact]
    public void Answers_with_every_option_once_and_without_a_lease_time()
    {
        Assert.True(DhcpInform.TryRead(InformOfWindows(), out var inform));
        var buffer = new byte[DhcpAck.MaxLength];
        var packet = buffer[..new DhcpAck(Settings).Write(buffer, inform)];

        // Headers: from the gateway to the client's address, ports 67 to 68, checksums right.
        Assert.Equal("0AFE00010AFE0009" + "00430044", Convert.ToHexString(packet.AsSpan(12, 12)));
        Assert.Equal(0, InternetChecksum.Of(packet.AsSpan(0, 20)));
        Assert.Equal(0, Packets.TransportChecksum(packet));

        var message = packet[28..];
        Assert.Equal(
            "020806" + "00" + "DEADBEEF" + "0000" + "8000" + "0AFE0009" + "00000000", Convert.ToHexString(message.AsSpan(0, 20)));
        Assert.Equal("005345000000", Convert.ToHexString(message.AsSpan(28, 6)));
        Assert.Equal("63825363", Convert.ToHexString(message.AsSpan(236, 4)));

        var routes = "080A0AFE0001" + "16C0A8040AFE0001";
        Assert.Equal(
            "350105" +
            "36040AFE0001" +
            "0104FFFFFC00" +
            "06080AFE0001C0000235" +
            "0F0C" + Convert.ToHexString("corp.example"u8) +
            "771B" + Convert.ToHexString("\u0004corp\u0007example\0\u0003lab\u0007example\0"u8) +
            "790E" + routes +
            "F90E" + routes +
            "FF",
            Convert.ToHexString(message.AsSpan(240)));
    }

    [Fact]
    public void Leaves_out_options_there_is_nothing_to_say_in()
    {
        Assert.True(DhcpInform.TryRead(InformOfWindows(), out var inform));
        var buffer = new byte[DhcpAck.MaxLength];
        var length = new DhcpAck(new DhcpAnswerSettings { Gateway = IPAddress.Parse("10.254.0.1") }).Write(buffer, inform);

        Assert.Equal("350105" + "36040AFE0001" + "0104FFFFFFFF" + "FF", Convert.ToHexString(buffer.AsSpan(268..length)));
    }

    [Fact]
    public void Stays_below_its_maximum_and_the_MTU_with_more_of_everything_than_fits()
    {
        Assert.True(DhcpInform.TryRead(InformOfWindows(), out var inform));
        var ack = new DhcpAck(Settings with
        {
            DnsServers = [.. Enumerable.Range(1, 20).Select(i => new IPAddress([192, 0, 2, (byte)i]))],
            SearchDomains = [.. Enumerable.Range(0, 6)
                .Select(i => $"{new string((char)('a' + i), 60)}.{new string('x', 60)}.{new string('y', 60)}.example")],
            Routes =
            [
                .. Enumerable.Range(0, 300).Select(i => new IPNetwork(new IPAddress([10, (byte)(i >> 8), (byte)i, 0]), 24)),
            ],
        });
        var buffer = new byte[DhcpAck.MaxLength];

        Assert.InRange(ack.Write(buffer, inform), 28 + 240 + 500, 1400);
        Assert.Equal(269, ack.RoutesLeftOut);
    }

    [Fact]
    public void The_client_reads_what_the_gateway_answers_to_its_own_inform()
    {
        var question = new byte[DhcpInform.WrittenLength];
        Assert.Equal(question.Length, DhcpInform.Write(question, 0x12345678, 0x0AFE0009));
        Assert.True(DhcpInform.TryRead(question, out var inform));
        Assert.Equal([1, 6, 15, 54, 119, 121, 249], inform.RequestedOptions.ToArray());
        var buffer = new byte[DhcpAck.MaxLength];
        var packet = buffer.AsSpan(0, new DhcpAck(Settings).Write(buffer, inform));

        Assert.True(DhcpAnswer.TryRead(packet, 0x12345678, out var answer));

        Assert.Equal("0AFE0001C0000235", Convert.ToHexString(answer.DnsServers));
        Assert.Equal("corp.example"u8, answer.DomainName);
        var routes = answer.Routes;
        Assert.True(ClasslessRoutes.TryTake(ref routes, out var network, out var prefixLength, out var router));
        Assert.Equal((0x0A000000u, 8, 0x0AFE0001u), (network, prefixLength, router));
        var search = answer.DomainSearch;
        Assert.True(DomainNames.TryTake(ref search, out var name));
        Assert.Equal("corp.example", name);
        Assert.False(DhcpAnswer.TryRead(packet, 0x12345679, out _));
    }

    [Theory]
    [InlineData(1)] // DHCPDISCOVER
    [InlineData(3)] // DHCPREQUEST
    [InlineData(5)]
    public void Does_not_take_other_DHCP_messages_for_an_inform(byte messageType) =>
        Assert.False(DhcpInform.TryRead(InformOfWindows(messageType), out _));

    [Fact]
    public void Refuses_every_cut_off_inform_and_answer()
    {
        var question = InformOfWindows();
        for (var length = 0; length < question.Length; length++)
            Assert.False(DhcpInform.TryRead(question.AsSpan(0, length), out _));

        Assert.True(DhcpInform.TryRead(question, out var inform));
        var buffer = new byte[DhcpAck.MaxLength];
        var answer = buffer[..new DhcpAck(Settings).Write(buffer, inform)];
        for (var length = 0; length < answer.Length; length++)
            Assert.False(DhcpAnswer.TryRead(answer.AsSpan(0, length), 0xDEADBEEF, out _));
    }

    [Fact]
    public void Never_throws_on_damaged_options()
    {
        var random = new Random(2131);
        var valid = InformOfWindows();

        // Without a UDP checksum, so that damage gets through to the options.
        valid[26] = valid[27] = 0;
        var read = 0;
        for (var round = 0; round < 100_000; round++)
        {
            var packet = valid.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) packet[random.Next(28, packet.Length)] = (byte)random.Next(256);
            if (DhcpInform.TryRead(packet, out var inform)) read += inform.HardwareAddress.Length / 16;
            DhcpAnswer.TryRead(packet, 0xDEADBEEF, out _);
        }

        Assert.InRange(read, 1, 99_999);
    }
}
