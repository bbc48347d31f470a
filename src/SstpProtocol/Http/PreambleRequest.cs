using System.Buffers.Text;
using System.Text;

namespace SstpProtocol.Http;

/// <summary>
/// The HTTP request in front of a call (MS-SSTP 3.2.4.1), borrowing the buffer it was read from. Nothing is turned into a
/// string before somebody asks.
/// </summary>
public readonly ref struct PreambleRequest
{
    private readonly ReadOnlySpan<byte> _correlationId;

    internal PreambleRequest(
        PreambleKind kind, ReadOnlySpan<byte> method, ReadOnlySpan<byte> target,
        ReadOnlySpan<byte> host, ReadOnlySpan<byte> correlationId)
    {
        Kind = kind;
        Method = method;
        Target = target;
        Host = host;
        _correlationId = correlationId;
    }

    public PreambleKind Kind { get; }

    public ReadOnlySpan<byte> Method { get; }

    /// <summary>Path and query, or an absolute URI; visible ASCII.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The Host field as sent, maybe with a port; visible ASCII, empty when there is none.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>SSTPCORRELATIONID, with or without braces: the number under which Windows logs the call.
    /// Null when absent or no GUID.</summary>
    public Guid? CorrelationId =>
        TryReadGuid(_correlationId, 'B', out var id) || TryReadGuid(_correlationId, 'D', out id) ? id : null;

    /// <summary>The method as a string; safe to log, for only token characters get here.</summary>
    public string GetMethod() => Encoding.ASCII.GetString(Method);

    /// <summary>The target as a string; visible ASCII only.</summary>
    public string GetTarget() => Encoding.ASCII.GetString(Target);

    /// <summary>The host as a string; null when there is none.</summary>
    public string? GetHost() => Host.IsEmpty ? null : Encoding.ASCII.GetString(Host);

    /// <summary>Writes the client's request.</summary>
    /// <param name="destination">512 bytes suffice for any DNS name.</param>
    /// <param name="host">The name as dialled, with the port where it is not 443; visible ASCII.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, string host, Guid correlationId)
    {
        if (host.Length == 0 || host.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("the host must be visible ASCII without blanks", nameof(host));

        // Braces around the correlation id as Windows sends them.
        var text = $"{Encoding.ASCII.GetString(SstpUri.Method)} {Encoding.ASCII.GetString(SstpUri.Path)} HTTP/1.1\r\n"
            + $"Host: {host}\r\nContent-Length: {SstpUri.ContentLength}\r\nSSTPCORRELATIONID: {correlationId:B}\r\n\r\n";
        return Encoding.ASCII.GetBytes(text, destination);
    }

    private static bool TryReadGuid(ReadOnlySpan<byte> source, char format, out Guid id) =>
        Utf8Parser.TryParse(source, out id, out var consumed, format) && consumed == source.Length;
}
