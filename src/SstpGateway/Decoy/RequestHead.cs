namespace SstpGateway.Decoy;

/// <summary>A request line and its fields.</summary>
/// <param name="Method">As sent: capitals, '-' and '_'.</param>
/// <param name="Target">Path and query as sent, one character an octet;
/// without the origin that an absolute form has in front.</param>
/// <param name="Path">The path decoded and without dot segments or doubled slashes, one character an octet;
/// begins with a slash.</param>
/// <param name="Minor">Of HTTP/1.x; -1 for HTTP/0.9, which has no fields and wants no head in the answer.</param>
/// <param name="Fields">In the order received, one character an octet.</param>
/// <param name="Framing">How the body is delimited.</param>
/// <param name="ContentLength">Bytes of the body when <paramref name="Framing"/> is by length.</param>
internal sealed record RequestHead(
    string Method,
    string Target,
    string Path,
    int Minor,
    IReadOnlyList<KeyValuePair<string, string>> Fields,
    BodyFraming Framing,
    long ContentLength)
{
    public bool IsHead => Method == "HEAD";

    /// <summary>Whether the visitor would like to go on after this request (RFC 9112 section 9.3).</summary>
    public bool WantsKeepAlive => Minor switch
    {
        < 0 => false,
        0 => HasOption("keep-alive"),
        _ => !HasOption("close"),
    };

    /// <returns>The first field of that name, or null.</returns>
    public string? Field(string name)
    {
        foreach (var (key, value) in Fields)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
        }
        return null;
    }

    private bool HasOption(string option) =>
        Field("Connection") is { } value && value.Contains(option, StringComparison.OrdinalIgnoreCase);
}
