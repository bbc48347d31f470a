using System.Net.Security;
using SstpProtocol.Tls;
using SstpProtocol.Tests.Sstp;

namespace SstpProtocol.Tests.Tls;

public class ClientHelloReaderTests
{
    // RFC 8448 3, "Simple 1-RTT Handshake": the client's first record.
    private const string Rfc8448 =
        "16030100C4 010000C00303CB34ECB1E78163BA1C38C6DACB196A6DFFA21A8D9912EC18A2EF6283024DECE7000006130113031302010000"
        + "910000000B0009000006736572766572FF01000100000A00140012001D0017001800190100010101020103010400230000003300260024001D0020"
        + "99381DE560E4BD43D23D8E435A7DBAFEB3C06E51C13CAE4D5413691E529AAF2C002B0003020304000D0020001E040305030603020308040805080604"
        + "010501060102010402050206020202002D00020101001C00024001";

    [Fact]
    public void Reads_the_published_hello_and_waits_at_every_byte_before_its_end()
    {
        var bytes = Packets.Hex(Rfc8448);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(ReadStatus.NeedMoreBytes, ClientHelloReader.TryRead(bytes.AsSpan(0, length), out _));

        Assert.Equal(ReadStatus.Complete, ClientHelloReader.TryRead(bytes, out var hello));
        Assert.Equal("server", hello.ServerName);
        Assert.Empty(hello.ApplicationProtocols);
        Assert.Equal([0x0304], hello.SupportedVersions);
    }

    [Fact]
    public async Task Reads_what_the_tls_library_of_this_machine_sends()
    {
        using var wire = new CapturingStream();
        await using var tls = new SslStream(wire);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "vpn.example.com",
            ApplicationProtocols = [SslApplicationProtocol.Http11, SslApplicationProtocol.Http2],
        };

        await Assert.ThrowsAnyAsync<IOException>(() => tls.AuthenticateAsClientAsync(options));

        Assert.Equal(ReadStatus.Complete, ClientHelloReader.TryRead(wire.ToArray(), out var hello));
        Assert.Equal("vpn.example.com", hello.ServerName);
        Assert.Equal(["http/1.1", "h2"], hello.ApplicationProtocols);
        Assert.Contains((ushort)0x0303, hello.SupportedVersions);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Reads_a_hello_spread_over_records_and_followed_by_others(int fragmentLength)
    {
        var hello = HelloBytes.Hello(
            HelloBytes.ServerName("a.example"), HelloBytes.Alpn("acme-tls/1"), HelloBytes.Versions(0x7A7A, 0x0304));
        byte[] records = [.. hello.Chunk(fragmentLength).SelectMany(HelloBytes.Record)];

        Assert.Equal(ReadStatus.NeedMoreBytes, ClientHelloReader.TryRead(records.AsSpan(0, records.Length - 1), out _));
        Assert.Equal(ReadStatus.Complete, ClientHelloReader.TryRead((byte[])[.. records, 20, 3, 3, 0, 1, 1], out var read));
        Assert.Equal("a.example", read.ServerName);
        Assert.Equal(["acme-tls/1"], read.ApplicationProtocols);
        Assert.Equal([0x7A7A, 0x0304], read.SupportedVersions);
    }

    [Fact]
    public void Reads_a_hello_without_extensions()
    {
        var record = HelloBytes.Record(HelloBytes.Handshake([3, 1, .. new byte[32], 0, 0, 2, 0, 0x2F, 1, 0]));

        Assert.Equal(ReadStatus.Complete, ClientHelloReader.TryRead(record, out var hello));
        Assert.Null(hello.ServerName);
        Assert.Empty(hello.ApplicationProtocols);
        Assert.Equal([0x0301], hello.SupportedVersions);
    }

    [Fact]
    public void Passes_over_names_of_other_types()
    {
        var record = HelloBytes.Record(HelloBytes.Hello(HelloBytes.ServerName("odd", type: 7)));

        Assert.Equal(ReadStatus.Complete, ClientHelloReader.TryRead(record, out var hello));
        Assert.Null(hello.ServerName);
    }

    public static TheoryData<string> Malformed => new()
    {
        "47", // HTTP
        "80", // SSL 2.0
        "1602", // no version 3
        "1603010000", // an empty fragment
        "1603014001", // a record past 2^14
        "160301000102", // a ServerHello
        "1603010004" + "01FFFFFF", // a hello of 16 MiB
        "1603010001" + "01" + "15", // an alert within the hello
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Handshake([3, 3]))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Handshake([3, 3, .. new byte[32], 200]))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Handshake([3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, 0, 1, 0, 9]))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello([0, 0, 0]))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.ServerName("")))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.ServerName("a\nb")))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.Extension(0, [0, 9, 0])))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.Alpn("")))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.Extension(16, [0, 2, 9, 0])))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.Versions()))),
        Convert.ToHexString(HelloBytes.Record(HelloBytes.Hello(HelloBytes.Extension(43, [3, 3, 4, 3])))),
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Refuses_what_is_no_hello(string octets)
    {
        Assert.Equal(ReadStatus.Malformed, ClientHelloReader.TryRead(Packets.Hex(octets), out var hello));
        Assert.Same(ClientHello.Empty, hello);
    }

    [Fact]
    public void Does_not_wait_past_its_limit()
    {
        byte[] bytes = [.. HelloBytes.Handshake(new byte[16_000]).Chunk(1).SelectMany(HelloBytes.Record)];

        Assert.Equal(
            ReadStatus.NeedMoreBytes, ClientHelloReader.TryRead(bytes.AsSpan(0, ClientHelloReader.MaxLength - 1), out _));
        Assert.Equal(ReadStatus.Malformed, ClientHelloReader.TryRead(bytes, out _));
    }

    [Fact]
    public void Never_throws()
    {
        var random = new Random(8);
        var original = Packets.Hex(Rfc8448);
        var complete = 0;
        for (var run = 0; run < 50_000; run++)
        {
            byte[] bytes = [.. original];
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (ClientHelloReader.TryRead(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length), out _)
                == ReadStatus.Complete)
                complete++;
        }

        Assert.True(complete > 1_000, $"only {complete} of the inputs were hellos");
    }
}
