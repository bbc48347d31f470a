using System.Net;
using System.Text;

namespace AcmeInterop.Tests.Faults;

/// <summary>Refuses requests to one place, with a time to come back.</summary>
internal sealed class RateLimit(string path, TimeSpan retryAfter)
{
    public int Refusals { get; private set; }

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Shim(inner, async (request, send) =>
    {
        var response = await send(request);
        if (!request.RequestUri!.AbsolutePath.StartsWith(path, StringComparison.Ordinal)
            || response.StatusCode == HttpStatusCode.BadRequest)
            return response;

        Refusals++;
        response.StatusCode = HttpStatusCode.TooManyRequests;
        response.Headers.Location = null;
        response.Headers.Add(
            "Retry-After", retryAfter.TotalSeconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture));
        response.Content = new StringContent(
            """{"type":"urn:ietf:params:acme:error:rateLimited","detail":"you have had as many as you may"}""",
            Encoding.UTF8, "application/problem+json");
        return response;
    });
}
