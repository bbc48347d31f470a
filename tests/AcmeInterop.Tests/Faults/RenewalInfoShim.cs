using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace AcmeInterop.Tests.Faults;

/// <summary>Adds renewal information (RFC 9773) to a CA that has none.</summary>
internal sealed class RenewalInfoShim
{
    private const string Path = "/renewal-info-of-the-shim/";

    public string? Answer { get; init; }

    public (DateTimeOffset Start, DateTimeOffset End)? Window { get; set; }

    public bool SaysAlreadyReplaced { get; set; }

    public int Asked { get; private set; }

    /// <summary>What orders said they replace.</summary>
    public List<string> Replaced { get; } = [];

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Shim(inner, async (request, send) =>
    {
        if (request.RequestUri!.AbsolutePath.StartsWith(Path, StringComparison.Ordinal)) return Tell();

        var replaces = await ReplacesAsync(request);
        var response = await send(request);
        if (response.StatusCode == HttpStatusCode.BadRequest) return response;    // a bad nonce: it comes again

        if (replaces is not null)
        {
            Replaced.Add(replaces);
            if (SaysAlreadyReplaced)
            {
                response.StatusCode = HttpStatusCode.Conflict;
                response.Content = new StringContent(
                    """{"type":"urn:ietf:params:acme:error:alreadyReplaced","detail":"there is a successor"}""",
                    Encoding.UTF8, "application/problem+json");
            }
        }

        if (request.Method == HttpMethod.Get && request.RequestUri.AbsolutePath == "/dir")
        {
            var directory = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            directory["renewalInfo"] = new Uri(request.RequestUri, Path.TrimEnd('/')).AbsoluteUri;
            response.Content = new StringContent(directory.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return response;
    });

    /// <summary>RFC 9773 section 4.1, by another way than the product's.</summary>
    public static string CertId(X509Certificate2 certificate)
    {
        // AuthorityKeyIdentifier is SEQUENCE { [0] keyIdentifier }: two bytes of header each.
        var identifier = certificate.Extensions["2.5.29.35"]!.RawData;
        var key = identifier.AsSpan(4, identifier[3]);
        var serial = certificate.GetSerialNumber().Reverse().ToArray();
        return $"{Text(key)}.{Text(serial)}";

        static string Text(ReadOnlySpan<byte> bytes) =>
            Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private HttpResponseMessage Tell()
    {
        Asked++;
        var (start, end) = Window ?? (DateTimeOffset.UtcNow.AddDays(300), DateTimeOffset.UtcNow.AddDays(301));
        return new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(
                Answer ?? $$$"""{"suggestedWindow":{"start":"{{{start:O}}}","end":"{{{end:O}}}"}}""",
                Encoding.UTF8, "application/json"),
        };
    }

    private static async Task<string?> ReplacesAsync(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath != "/order-plz") return null;

        var payload = (string)JsonNode.Parse(await request.Content!.ReadAsStringAsync())!["payload"]!;
        var padded = payload.Replace('-', '+').Replace('_', '/') + new string('=', (4 - payload.Length % 4) % 4);
        return (string?)JsonNode.Parse(Convert.FromBase64String(padded))!["replaces"];
    }
}
