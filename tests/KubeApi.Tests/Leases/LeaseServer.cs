using System.Text.Json.Nodes;
using KubeApi.Tests.Server;

namespace KubeApi.Tests.Leases;

/// <summary>A server of one lease, with conflicts.</summary>
public sealed class LeaseServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private JsonObject? _lease;
    private long _version = 1;

    public LeaseServer() => Server = new ScriptedServer(AnswerAsync);

    public ScriptedServer Server { get; }

    /// <summary>While true nobody gets an answer but a refusal.</summary>
    public bool IsBroken { get; set; }

    public string? Holder
    {
        get
        {
            lock (_gate) return (string?)_lease?["spec"]?["holderIdentity"];
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task AnswerAsync(ReceivedRequest request, Answer answer)
    {
        if (IsBroken)
        {
            await answer.RefuseAsync(500, "InternalError");
            return;
        }

        JsonObject? stored;
        var code = 200;
        lock (_gate)
        {
            var sent = request.Body.Length > 0 ? JsonNode.Parse(request.Body)!.AsObject() : null;
            if (request.Method == "POST" && _lease is not null) code = 409;
            else if (request.Method == "PUT"
                && (string?)sent!["metadata"]!["resourceVersion"] != (string?)_lease?["metadata"]!["resourceVersion"])
                code = 409;
            else if (request.Method is "POST" or "PUT")
            {
                sent!["metadata"]!["resourceVersion"] = (++_version).ToString(System.Globalization.CultureInfo.InvariantCulture);
                _lease = sent;
            }
            else if (_lease is null) code = 404;

            stored = (JsonObject?)_lease?.DeepClone();
        }

        await (code == 200
            ? answer.JsonAsync(stored!.ToJsonString())
            : answer.RefuseAsync(code, code == 404 ? "NotFound" : "Conflict"));
    }
}
