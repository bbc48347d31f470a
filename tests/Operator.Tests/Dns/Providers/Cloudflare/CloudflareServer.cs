using System.Net;
using System.Text.Json.Nodes;
using System.Web;

namespace Operator.Tests.Dns.Providers.Cloudflare;

/// <summary>
/// The API as its documentation describes it: zones, pages, PATCH that keeps what it is not told, batches that are all or
/// nothing, its error bodies. Faults are put in by the test.
/// </summary>
internal sealed class CloudflareServer : HttpMessageHandler
{
    public const string Token = "token-of-forty-characters-0123456789abcd";
    public const string ZoneId = "023e105f4ecef8ad9ca31a8372d0c353";

    private readonly Dictionary<string, JsonObject> _records = [];
    private int _nextId;

    /// <summary>Zones by name; the token sees these.</summary>
    public Dictionary<string, string> Zones { get; } = new() { ["example.com"] = ZoneId };

    /// <summary>Asked before each request; what it returns is the answer.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = _ => null;

    /// <summary>A zone list is refused, as for a token of one zone.</summary>
    public bool RefusesZoneList { get; init; }

    /// <summary>Records a page, whatever is asked for.</summary>
    public int PageSize { get; init; } = 100;

    public List<string> Requests { get; } = [];

    /// <summary>Requests that are none of the API: looks whether the host is there.</summary>
    public int Looks { get; private set; }

    /// <summary>What a look gets; null: not found, as a host without such a page answers.</summary>
    public Func<HttpResponseMessage?> Host { get; set; } = () => null;

    public IReadOnlyCollection<JsonObject> Records => _records.Values;

    public HttpClient Client => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public JsonObject Add(string type, string name, string content, int ttl = 60, bool proxied = false, string? comment = null)
    {
        var record = new JsonObject
        {
            ["id"] = $"record{++_nextId}", ["type"] = type, ["name"] = name, ["content"] = content,
            ["ttl"] = proxied ? 1 : ttl, ["proxied"] = proxied, ["comment"] = comment, ["tags"] = new JsonArray("owner:people"),
        };
        _records[record["id"]!.GetValue<string>()] = record;
        return record;
    }

    /// <summary>Somebody deletes all records of a type.</summary>
    public void Remove(string type)
    {
        foreach (var (id, _) in _records.Where(record => (string?)record.Value["type"] == type).ToArray()) _records.Remove(id);
    }

    public static HttpResponseMessage Error(int status, int code, string message, params (string Name, string Value)[] headers)
    {
        var body = new JsonObject
        {
            ["success"] = false,
            ["errors"] = new JsonArray(
                new JsonObject { ["code"] = code, ["message"] = message, ["error_chain"] = new JsonArray() }),
            ["messages"] = new JsonArray(),
            ["result"] = null,
        };
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString()) };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Head)
        {
            Looks++;
            return Host() ?? new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        var path = request.RequestUri!.AbsolutePath.Replace("/client/v4/", "", StringComparison.Ordinal);
        Requests.Add($"{request.Method} {path}");
        if (Fault(request) is { } fault) return fault;
        if (request.Headers.Authorization?.ToString() != $"Bearer {Token}") return Error(403, 9109, "Invalid access token");

        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        var body = request.Content is null
            ? []
            : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        if (path == "zones") return FindZones(query["name"]!);
        if (!path.StartsWith($"zones/{ZoneId}/dns_records", StringComparison.Ordinal))
            return Error(404, 7003, "Could not route to the path");

        var id = path[$"zones/{ZoneId}/dns_records".Length..].TrimStart('/');
        return (request.Method.Method, id) switch
        {
            ("GET", "") => List(query["type"], query["name"]!, int.Parse(query["page"]!)),
            ("POST", "") => Post(body),
            ("POST", "batch") => Batch(body),
            ("PATCH", _) => Patch(id, body),
            ("DELETE", _) =>
                _records.Remove(id) ? Success(new JsonObject { ["id"] = id }) : Error(404, 81044, "Record does not exist."),
            _ => Error(405, 7001, "Method not allowed"),
        };
    }

    private HttpResponseMessage FindZones(string name) =>
        RefusesZoneList ? Error(403, 10000, "Authentication error")
        : Success(Zones.TryGetValue(name, out var id)
            ? new JsonArray(new JsonObject { ["id"] = id, ["name"] = name })
            : new JsonArray());

    private HttpResponseMessage List(string? type, string name, int page)
    {
        var all = _records.Values
            .Where(record => (type is null || (string?)record["type"] == type) && (string?)record["name"] == name)
            .ToArray();
        var items = all.Skip((page - 1) * PageSize).Take(PageSize).Select(record => record.DeepClone()).ToArray();
        return Success(new JsonArray(items), new JsonObject
        {
            ["page"] = page, ["total_pages"] = (all.Length + PageSize - 1) / PageSize, ["total_count"] = all.Length,
        });
    }

    private HttpResponseMessage Post(JsonObject body)
    {
        if (_records.Values.Any(record => Same(record, body))) return Error(400, 81058, "An identical record already exists.");
        return Success(Add(
            (string)body["type"]!, (string)body["name"]!, (string)body["content"]!, (int)body["ttl"]!,
            (bool?)body["proxied"] ?? false, (string?)body["comment"]).DeepClone());
    }

    private HttpResponseMessage Patch(string id, JsonObject body)
    {
        if (!_records.TryGetValue(id, out var record)) return Error(404, 81044, "Record does not exist.");
        foreach (var (name, value) in body.Where(property => property.Key != "id")) record[name] = value?.DeepClone();
        return Success(record.DeepClone());
    }

    private HttpResponseMessage Batch(JsonObject body)
    {
        var ids = body["deletes"]!.AsArray().Concat(body["patches"]!.AsArray()).Select(item => (string)item!["id"]!).ToArray();
        if (ids.Any(id => !_records.ContainsKey(id))) return Error(400, 81044, "Record does not exist.");
        if (body["posts"]!.AsArray().Any(item => _records.Values.Any(record => Same(record, item!.AsObject()))))
            return Error(400, 81058, "An identical record already exists.");
        foreach (var item in body["deletes"]!.AsArray()) _records.Remove((string)item!["id"]!);
        foreach (var item in body["patches"]!.AsArray()) Patch((string)item!["id"]!, item.AsObject());
        var before = _nextId;
        foreach (var item in body["posts"]!.AsArray()) Post(item!.AsObject());
        return Success(new JsonObject
        {
            ["posts"] = new JsonArray(
                [.. Enumerable.Range(before + 1, _nextId - before).Select(id => _records[$"record{id}"].DeepClone())]),
        });
    }

    private static bool Same(JsonObject left, JsonObject right) =>
        (string?)left["type"] == (string?)right["type"] && (string?)left["name"] == (string?)right["name"]
        && (string?)left["content"] == (string?)right["content"];

    private static HttpResponseMessage Success(JsonNode result, JsonObject? info = null)
    {
        var body = new JsonObject
        {
            ["success"] = true, ["errors"] = new JsonArray(), ["messages"] = new JsonArray(), ["result"] = result,
        };
        if (info is not null) body["result_info"] = info;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString()) };
    }
}
