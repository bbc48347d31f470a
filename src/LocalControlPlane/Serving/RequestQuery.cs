using System.Globalization;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Selecting;
using LocalControlPlane.Watching;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Serving;

/// <summary>The query parameters of the API, read and checked.</summary>
internal static class RequestQuery
{
    private const int LongestManager = 128;

    // Clients that name no time get one at random, so that they do not all come back together.
    private static readonly (int Least, int Most) DefaultWatchSeconds = (1800, 3600);

    public static bool IsWatch(HttpRequest request) => Flag(request, "watch");

    public static bool Flag(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values[0] is { } text && (text.Length == 0 || text is "true" or "1");

    public static string? Text(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    public static long? Number(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failure.BadRequest($"{name} is \"{text}\"; give a number of 0 or more");
    }

    public static Selection Selection(HttpRequest request, ResourceType type, string? space, string? name = null)
    {
        var fields = name is null ? Text(request, "fieldSelector") : $"metadata.name={name}";
        return new Selection(space, LabelSelector.Parse(Text(request, "labelSelector")), FieldSelector.Parse(type, fields));
    }

    public static ListOptions List(HttpRequest request, ResourceType type, string? space)
    {
        var limit = Number(request, "limit") is > 0 and <= int.MaxValue and var most ? (int?)most : null;
        var revision = Number(request, "resourceVersion");
        var match = Text(request, "resourceVersionMatch");
        var token = Text(request, "continue");
        if (match is not (null or "Exact" or "NotOlderThan"))
            throw Failure.BadRequest($"resourceVersionMatch is \"{match}\"; give Exact or NotOlderThan");
        if (match is not null && revision is null)
            throw Failure.BadRequest("resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (match == "Exact" && revision == 0)
            throw Failure.BadRequest("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
        if (token is not null && revision > 0)
            throw Failure.BadRequest("specifying resource version is not allowed when using continue");
        return new ListOptions(Selection(request, type, space), limit, token, revision, match == "Exact");
    }

    public static WatchOptions Watch(HttpRequest request, ResourceType type, string? space, string? name)
    {
        var revision = Number(request, "resourceVersion");
        var initial = Text(request, "sendInitialEvents");
        if (initial is not null && Text(request, "resourceVersionMatch") != "NotOlderThan")
        {
            throw new ApiException(422, "Invalid",
                "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: "
                + "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }

        var bookmarks = Flag(request, "allowWatchBookmarks");
        var sendsInitial = initial is not null && Flag(request, "sendInitialEvents");
        if (sendsInitial && !bookmarks)
        {
            throw new ApiException(422, "Invalid",
                "ListOptions.meta.k8s.io \"\" is invalid: allowWatchBookmarks: Forbidden: "
                + "sendInitialEvents requires it, to say where they end");
        }

        var seconds = Number(request, "timeoutSeconds") is > 0 and <= int.MaxValue and var asked
            ? (int)asked
            : Random.Shared.Next(DefaultWatchSeconds.Least, DefaultWatchSeconds.Most);
        // 0 and nothing both mean "from the state that is there"; initial events are asked for whatever the revision.
        var after = sendsInitial || revision is null or 0 ? null : revision;
        return new WatchOptions(
            Selection(request, type, space, name), after, initial is not null && !sendsInitial, bookmarks,
            sendsInitial, TimeSpan.FromSeconds(seconds));
    }

    public static WriteOptions Write(HttpRequest request, bool isApply = false)
    {
        var manager = Text(request, "fieldManager");
        if (isApply && manager is null)
            throw Failure.BadRequest(
                "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        if (manager?.Length > LongestManager)
            throw Failure.BadRequest($"fieldManager is longer than {LongestManager} characters");
        if (Flag(request, "force") && !isApply) throw Failure.BadRequest("force may be set for apply patches only");

        return new WriteOptions(
            manager ?? UserAgentManager(request), IsDryRun(request), Validation(request), Flag(request, "force"));
    }

    public static bool IsDryRun(HttpRequest request) => Text(request, "dryRun") switch
    {
        null => false,
        "All" => true,
        var other => throw Failure.BadRequest($"dryRun is \"{other}\"; the only value is All"),
    };

    private static FieldValidation Validation(HttpRequest request) => Text(request, "fieldValidation") switch
    {
        null or "Warn" => FieldValidation.Warn,
        "Strict" => FieldValidation.Strict,
        "Ignore" => FieldValidation.Ignore,
        var other => throw Failure.BadRequest($"fieldValidation is \"{other}\"; give Strict, Warn or Ignore"),
    };

    // As real servers: the program's name, without its version.
    private static string UserAgentManager(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        var name = agent.Split('/', 2)[0];
        return name.Length switch { 0 => "unknown", > LongestManager => name[..LongestManager], _ => name };
    }
}
