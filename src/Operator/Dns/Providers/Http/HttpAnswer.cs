using System.Net;

namespace Operator.Dns.Providers.Http;

/// <summary>What a service answered over HTTP.</summary>
/// <param name="Body">Decoded as UTF-8, at most <see cref="ServiceClient.MaxBody"/> bytes of it.</param>
public sealed record HttpAnswer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>A web page where a word or JSON was due: a captive portal, a proxy's error, a ban page.</summary>
    public bool IsWebPage => Body.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal) &&
        Body.Contains("<html", StringComparison.OrdinalIgnoreCase);
}
