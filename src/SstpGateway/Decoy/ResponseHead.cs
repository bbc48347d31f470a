using System.Globalization;
using System.Text;

namespace SstpGateway.Decoy;

/// <summary>The head of an answer, written with nginx's fields in nginx's order.</summary>
/// <param name="Status">Code and reason.</param>
internal sealed record ResponseHead(string Status)
{
    public string? ContentType { get; init; }

    /// <summary>Null when the length is not known, or when the status has no body.</summary>
    public long? ContentLength { get; init; }

    public string? LastModified { get; init; }

    public string? Location { get; init; }

    public bool IsChunked { get; init; }

    /// <summary>Fields that come last, in their own order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others { get; init; } = [];

    public int Code => int.Parse(Status.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <param name="server">Left out when empty.</param>
    /// <param name="keepAlive">What the Connection field says.</param>
    public byte[] Write(string server, DateTimeOffset now, bool keepAlive)
    {
        var head = new StringBuilder("HTTP/1.1 ").Append(Status).Append("\r\n");
        Append(head, "Server", server.Length > 0 ? server : null);
        Append(head, "Date", now.ToString("R", CultureInfo.InvariantCulture));
        Append(head, "Content-Type", ContentType);
        Append(head, "Content-Length", ContentLength?.ToString(CultureInfo.InvariantCulture));
        Append(head, "Last-Modified", LastModified);
        Append(head, "Location", Location);
        Append(head, "Transfer-Encoding", IsChunked ? "chunked" : null);
        Append(head, "Connection", keepAlive ? "keep-alive" : "close");
        foreach (var (name, value) in Others) Append(head, name, value);
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static void Append(StringBuilder head, string name, string? value)
    {
        if (value is not null) head.Append(name).Append(": ").Append(value).Append("\r\n");
    }
}
