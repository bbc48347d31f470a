using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KubectlSstp.Tests.Cluster;

/// <summary>As much of an API server as a desk needs: one Secret, read and patched.</summary>
internal sealed class DeskApi : HttpMessageHandler
{
    private const string SecretPath = "/api/v1/namespaces/vpn/secrets/office-desk";

    public JsonObject? Secret { get; set; }

    /// <summary>The code for everything; null for the usual one.</summary>
    public HttpStatusCode? Refusal { get; init; }

    /// <summary>Called when a request has been put on the desk, with its key:
    /// what operator, administrators and fate do then.</summary>
    public Action<DeskApi, string> OnRequest { get; init; } = (_, _) => { };

    public int Patches { get; private set; }

    public static JsonObject Desk(string type = "vpn.sstp-operator.dev/desk", string owner = "office", string uid = "uid-1") =>
        new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject
            {
                ["name"] = "office-desk", ["namespace"] = "vpn", ["uid"] = uid, ["resourceVersion"] = "7",
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "vpn.sstp-operator.dev/v1alpha1",
                    ["kind"] = "VpnGateway",
                    ["name"] = owner,
                    ["uid"] = "uid-office",
                }),
            },
            ["type"] = type,
            ["data"] = new JsonObject { ["kept"] = "AAAA" },
        };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Refusal is { } code) return Status(code, "refused");
        if (request.RequestUri!.AbsolutePath != SecretPath || Secret is not { } secret)
            return Status(HttpStatusCode.NotFound, "not found");
        if (request.Method == HttpMethod.Get) return Answer(HttpStatusCode.OK, secret);

        Patches++;
        var patch = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        if ((string?)patch["metadata"]?["uid"] != (string?)secret["metadata"]!["uid"])
            return Status(HttpStatusCode.Conflict, "another uid");
        foreach (var (key, value) in patch["data"]!.AsObject())
        {
            if (value is null) secret["data"]!.AsObject().Remove(key);
            else secret["data"]![key] = value.DeepClone();
        }
        var answer = Answer(HttpStatusCode.OK, secret);
        if (patch["data"]!.AsObject().FirstOrDefault(entry => entry.Value is not null).Key is { } put) OnRequest(this, put);
        return answer;
    }

    private static HttpResponseMessage Status(HttpStatusCode code, string message) => Answer(code, new JsonObject
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["message"] = message,
        ["reason"] =
            code switch { HttpStatusCode.NotFound => "NotFound", HttpStatusCode.Forbidden => "Forbidden", _ => "Conflict" },
        ["code"] = (int)code,
    });

    private static HttpResponseMessage Answer(HttpStatusCode code, JsonObject body) =>
        new(code) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
}
