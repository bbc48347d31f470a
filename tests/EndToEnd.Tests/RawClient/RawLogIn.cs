using System.Net;
using System.Text;
using EndToEnd.Tests.Programs;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.CryptoBinding;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.RawClient;

/// <summary>The way from the HTTP request to packets, by PAP, in steps that a test can leave out, repeat or spoil.</summary>
public sealed class RawLogIn(RawCall call) : IAsyncDisposable
{
    private const ushort Lcp = 0xC021;
    private const ushort Pap = 0xC023;
    private const ushort Ipcp = 0x8021;
    private const ushort Ipv6cp = 0x8057;
    private const byte ConfigureRequest = 1;
    private const byte ConfigureAck = 2;
    private const byte ConfigureNak = 3;
    private const byte ConfigureReject = 4;

    public RawCall Call => call;

    /// <summary>Of the gateway's CALL_CONNECT_ACK.</summary>
    public byte[] Nonce { get; private set; } = [];

    /// <summary>What IPCP gave.</summary>
    public IPAddress Address { get; private set; } = IPAddress.Any;

    /// <summary>A connection whose HTTP request has been answered.</summary>
    public static async Task<RawLogIn> StartAsync(NetworkNamespace @namespace)
    {
        var call = await RawCall.ConnectAsync(@namespace);
        return await StartAsync(call);
    }

    /// <param name="call">Owned from here on.</param>
    public static async Task<RawLogIn> StartAsync(RawCall call)
    {
        await call.SendAsync(Octets.Preamble);
        Assert.StartsWith("HTTP/1.1 200", await call.ReadHeadAsync());
        return new RawLogIn(call);
    }

    /// <summary>A call whose CALL_CONNECT_REQUEST has been acknowledged.</summary>
    public static async Task<RawLogIn> AskAsync(NetworkNamespace @namespace)
    {
        var logIn = await StartAsync(@namespace);
        await logIn.AskAsync();
        return logIn;
    }

    /// <summary>A call that has logged in as "alice" and not yet sent CALL_CONNECTED.</summary>
    public static async Task<RawLogIn> AuthenticateAsync(NetworkNamespace @namespace)
    {
        var logIn = await AskAsync(@namespace);
        await logIn.NegotiateLcpAsync();
        await logIn.AuthenticateAsync();
        return logIn;
    }

    /// <summary>A call that is up.</summary>
    public static async Task<RawLogIn> ConnectAsync(NetworkNamespace @namespace)
    {
        var logIn = await StartAsync(@namespace);
        await logIn.ConnectAsync();
        return logIn;
    }

    /// <summary>Brings a call up whose HTTP request has been answered.</summary>
    public async Task ConnectAsync()
    {
        await AskAsync();
        await NegotiateLcpAsync();
        await AuthenticateAsync();
        await Call.SendAsync(CallConnected());
        await OpenIpcpAsync();
    }

    public async Task AskAsync()
    {
        await call.SendAsync(Octets.ConnectRequest);
        var ack = await call.ReadPacketAsync();
        Assert.NotNull(ack);
        // CALL_CONNECT_ACK with a Crypto Binding Request that offers both hashes; then the nonce.
        Assert.Equal(Octets.Hex("10010030 0002 0001 00040028 000000 03"), ack[..16]);
        Nonce = ack[16..];
    }

    /// <summary>LCP without options of our own; PAP is asked for in place of what the gateway proposes.</summary>
    public async Task NegotiateLcpAsync()
    {
        await call.SendAsync(Octets.Ppp(Lcp, Octets.Code(ConfigureRequest, 1, [])));
        var acknowledged = false;
        var agreed = false;
        while (!acknowledged || !agreed)
        {
            var (protocol, packet) = await ReadPppAsync();
            if (protocol != Lcp) continue;
            acknowledged |= packet[0] == ConfigureAck;
            agreed |= packet[0] == ConfigureRequest && AsksFor(packet, Pap);
        }
    }

    public async Task OfferPasswordAsync(string password = GatewayOptions.Password, string user = "alice") =>
        await call.SendAsync(Octets.Ppp(Pap, Octets.Code(1, 7,
            [(byte)user.Length, .. Encoding.ASCII.GetBytes(user), (byte)password.Length, .. Encoding.ASCII.GetBytes(password)])));

    /// <returns>Whether the gateway accepted the password.</returns>
    public async Task<bool> ReadVerdictAsync()
    {
        while (true)
        {
            var (protocol, packet) = await ReadPppAsync();
            if (protocol == Pap) return packet[0] == 2; // Authenticate-Ack (RFC 1334 2.2.2)
        }
    }

    public async Task AuthenticateAsync()
    {
        await OfferPasswordAsync();
        Assert.True(await ReadVerdictAsync());
    }

    public async Task OpenIpcpAsync()
    {
        byte[] wanted = [0, 0, 0, 0];
        await call.SendAsync(Octets.Ppp(Ipcp, Octets.Code(ConfigureRequest, 1, [3, 6, .. wanted])));
        while (true)
        {
            var (protocol, packet) = await ReadPppAsync();
            if (protocol != Ipcp) continue;
            if (packet[0] == ConfigureAck) break;
            if (packet[0] != ConfigureNak) continue;

            wanted = packet[6..10];
            await call.SendAsync(Octets.Ppp(Ipcp, Octets.Code(ConfigureRequest, 2, [3, 6, .. wanted])));
        }

        Address = new IPAddress(wanted);
    }

    /// <summary>CALL_CONNECTED with SHA-256 and the key of PAP, which is 32 zeros (MS-SSTP 3.2.5.2).</summary>
    public byte[] CallConnected()
    {
        var packet = Octets.Hex(
            $"10010070 0004 0001 00030068 000000 02 {Convert.ToHexString(Nonce)} {Convert.ToHexString(call.CertificateHash)}")
            .Concat(new byte[32]).ToArray();
        CompoundMac.Compute(SstpHash.Sha256, new byte[32], packet, packet.AsSpan(80));
        return packet;
    }

    /// <summary>The next PPP packet, without its frame. The gateway's requests have been answered by then.</summary>
    public async Task<(ushort Protocol, byte[] Packet)> ReadPppAsync()
    {
        while (true)
        {
            var sstp = await call.ReadPacketAsync();
            Assert.NotNull(sstp);
            if ((sstp[1] & 1) == 1) continue;

            Assert.Equal([0xFF, 0x03], sstp[4..6]);
            var protocol = (ushort)(sstp[6] << 8 | sstp[7]);
            var packet = sstp[8..];
            if (packet[0] == ConfigureRequest && protocol is Lcp or Ipcp or Ipv6cp) await AnswerAsync(protocol, packet);
            return (protocol, packet);
        }
    }

    /// <summary>Reads on until the gateway's CALL_ABORT or the end; what else was under way is passed over.</summary>
    public async Task<byte[]?> ReadAbortAsync()
    {
        while (await call.ReadPacketAsync() is { } packet)
            if ((packet[1] & 1) == 1 && packet[5] == 5) return packet;
        return null;
    }

    public ValueTask DisposeAsync() => call.DisposeAsync();

    private static bool AsksFor(byte[] configureRequest, ushort method) =>
        Options(configureRequest).Any(option => option[0] == 3 && (option[2] << 8 | option[3]) == method);

    private static IEnumerable<byte[]> Options(byte[] packet)
    {
        for (var at = 4; at < packet.Length; at += packet[at + 1]) yield return packet[at..(at + packet[at + 1])];
    }

    private Task AnswerAsync(ushort protocol, byte[] request)
    {
        var (code, options) = protocol switch
        {
            Ipv6cp => (ConfigureReject, request[4..]),
            Lcp when !AsksFor(request, Pap) => (ConfigureNak, [3, 4, Pap >> 8, Pap & 0xFF]),
            _ => (ConfigureAck, request[4..]),
        };
        return call.SendAsync(Octets.Ppp(protocol, Octets.Code(code, request[1], options)));
    }
}
