using System.Text;

namespace SstpProtocol.Tls;

/// <summary>Reads the first flight of a TLS client without taking part in TLS (RFC 8446 4.1.2, also RFC 5246 7.4.1.2).</summary>
public static class ClientHelloReader
{
    /// <summary>Bytes of raw records within which the hello must end; real ones take 200 to 2,000.</summary>
    public const int MaxLength = 16 * 1024;

    private const ushort ServerNameExtension = 0;
    private const ushort AlpnExtension = 16;
    private const ushort SupportedVersionsExtension = 43;
    private const byte HostNameType = 0;
    private const int RandomLength = 32;

    /// <param name="buffer">Everything received so far; nothing of it is consumed.</param>
    /// <returns>Malformed when this is not TLS, or a hello that does not end within <see cref="MaxLength"/>.</returns>
    public static ReadStatus TryRead(ReadOnlySpan<byte> buffer, out ClientHello hello)
    {
        hello = ClientHello.Empty;
        Span<byte> body = stackalloc byte[MaxLength];
        var within = buffer[..Math.Min(buffer.Length, MaxLength)];

        var status = TlsRecords.TryReadClientHello(within, body, out var length);
        if (status == ReadStatus.NeedMoreBytes && buffer.Length >= MaxLength) return ReadStatus.Malformed;
        if (status != ReadStatus.Complete) return status;
        return TryReadBody(body[..length], out hello) ? ReadStatus.Complete : ReadStatus.Malformed;
    }

    private static bool TryReadBody(ReadOnlySpan<byte> body, out ClientHello hello)
    {
        hello = ClientHello.Empty;
        var reader = new TlsReader(body);
        if (!reader.TryReadUInt16(out var legacyVersion)
            || !reader.TryReadBytes(RandomLength, out _)
            || !reader.TryReadVector8(out _) // legacy_session_id
            || !reader.TryReadVector16(out _) // cipher_suites
            || !reader.TryReadVector8(out _)) // legacy_compression_methods
            return false;

        ReadOnlySpan<byte> extensions = default;
        // Before TLS 1.3 the extensions may be missing altogether.
        if (!reader.IsAtEnd && (!reader.TryReadVector16(out extensions) || !reader.IsAtEnd)) return false;
        if (!TryFind(extensions, out var serverName, out var alpn, out var versions)) return false;

        if (!IsNameList(serverName, out var host) || !AreProtocols(alpn) || !AreVersions(versions)) return false;
        hello = new ClientHello(
            host.IsEmpty ? null : Encoding.ASCII.GetString(host),
            ReadProtocols(alpn),
            versions.IsEmpty ? [legacyVersion] : ReadVersions(versions));
        return true;
    }

    private static bool TryFind(
        ReadOnlySpan<byte> extensions,
        out ReadOnlySpan<byte> serverName,
        out ReadOnlySpan<byte> alpn,
        out ReadOnlySpan<byte> versions)
    {
        serverName = alpn = versions = default;
        var reader = new TlsReader(extensions);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadUInt16(out var type) || !reader.TryReadVector16(out var data)) return false;
            switch (type)
            {
                case ServerNameExtension:
                    serverName = data;
                    break;
                case AlpnExtension:
                    alpn = data;
                    break;
                case SupportedVersionsExtension:
                    versions = data;
                    break;
            }
        }

        return true;
    }

    /// <summary>ServerNameList (RFC 6066 3); the first host_name counts.</summary>
    private static bool IsNameList(ReadOnlySpan<byte> extension, out ReadOnlySpan<byte> host)
    {
        host = default;
        if (extension.IsEmpty) return true;

        var outer = new TlsReader(extension);
        if (!outer.TryReadVector16(out var list) || !outer.IsAtEnd) return false;
        var names = new TlsReader(list);
        while (!names.IsAtEnd)
        {
            if (!names.TryReadUInt8(out var type) || !names.TryReadVector16(out var name)) return false;
            if (type != HostNameType || !host.IsEmpty) continue;
            // Anything else could only be meant for whoever reads the log.
            if (name.IsEmpty || name.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return false;
            host = name;
        }

        return true;
    }

    /// <summary>ProtocolNameList (RFC 7301 3.1).</summary>
    private static bool AreProtocols(ReadOnlySpan<byte> extension)
    {
        if (extension.IsEmpty) return true;
        var outer = new TlsReader(extension);
        if (!outer.TryReadVector16(out var list) || !outer.IsAtEnd) return false;
        var names = new TlsReader(list);
        while (!names.IsAtEnd)
        {
            if (!names.TryReadVector8(out var name) || name.IsEmpty) return false;
        }

        return true;
    }

    private static List<string> ReadProtocols(ReadOnlySpan<byte> extension)
    {
        var protocols = new List<string>();
        if (extension.IsEmpty) return protocols;
        var names = new TlsReader(extension[sizeof(ushort)..]);
        while (names.TryReadVector8(out var name)) protocols.Add(Encoding.Latin1.GetString(name));
        return protocols;
    }

    /// <summary>SupportedVersions (RFC 8446 4.2.1): at least one version of two octets.</summary>
    private static bool AreVersions(ReadOnlySpan<byte> extension)
    {
        if (extension.IsEmpty) return true;
        var outer = new TlsReader(extension);
        return outer.TryReadVector8(out var list) && outer.IsAtEnd
            && list.Length >= sizeof(ushort) && list.Length % sizeof(ushort) == 0;
    }

    private static List<ushort> ReadVersions(ReadOnlySpan<byte> extension)
    {
        var versions = new List<ushort>();
        var reader = new TlsReader(extension[1..]);
        while (reader.TryReadUInt16(out var version)) versions.Add(version);
        return versions;
    }
}
