using LocalControlPlane.Resources;

namespace LocalControlPlane.Errors;

/// <summary>The refusals of the API, in the words of a real API server where tools look at them.</summary>
internal static class Failure
{
    public static ApiException NotFound(ResourceType type, string name) =>
        About(404, "NotFound", $"{type.QualifiedPlural} \"{name}\" not found", type, name);

    public static ApiException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource");

    public static ApiException AlreadyExists(ResourceType type, string name) =>
        About(409, "AlreadyExists", $"{type.QualifiedPlural} \"{name}\" already exists", type, name);

    public static ApiException Conflict(ResourceType type, string name, string problem) =>
        About(409, "Conflict", $"Operation cannot be fulfilled on {type.QualifiedPlural} \"{name}\": {problem}", type, name);

    public static ApiException Stale(ResourceType type, string name) => Conflict(
        type, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException ManagerConflict(ResourceType type, string name, IReadOnlyList<StatusCause> causes) => new(
        409, "Conflict",
        $"Apply failed with {causes.Count} conflict{(causes.Count == 1 ? "" : "s")}: "
        + $"{string.Join("; ", causes.Select(c => $"{c.Message}: {c.Field}"))}")
    {
        Name = name, Group = type.Group, Kind = type.Plural, Causes = causes,
    };

    public static ApiException Invalid(ResourceType type, string name, IReadOnlyList<StatusCause> causes) => new(
        422, "Invalid", $"{type.QualifiedKind} \"{name}\" is invalid: {Join(causes)}")
    {
        Name = name, Group = type.Group, Kind = type.Kind, Causes = causes,
    };

    public static ApiException Invalid(ResourceType type, string name, string field, string problem) =>
        Invalid(type, name, [new StatusCause("FieldValueInvalid", problem, field)]);

    public static ApiException BadRequest(string problem) => new(400, "BadRequest", problem);

    public static ApiException Forbidden(ResourceType type, string name, string problem) =>
        About(403, "Forbidden", $"{type.QualifiedPlural} \"{name}\" is forbidden: {problem}", type, name);

    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiException MethodNotAllowed(string method) =>
        new(405, "MethodNotAllowed", $"the server does not allow this method on the requested resource ({method})");

    public static ApiException UnsupportedMediaType(string given, string supported) =>
        new(
            415, "UnsupportedMediaType",
            $"the body of the request was in an unknown format - accepted media types include: {supported} (given: {given})");

    public static ApiException TooLarge(int most) =>
        new(413, "RequestEntityTooLarge", $"the object is larger than the {most} bytes that are stored");

    public static ApiException Expired(string problem, string? @continue = null) =>
        new(410, "Expired", problem) { Continue = @continue };

    public static ApiException RevisionAhead(long asked, long current) =>
        new(504, "Timeout", $"Too large resource version: {asked}, current: {current}")
        {
            Causes = [new StatusCause("ResourceVersionTooLarge", "Too large resource version", "")], RetryAfterSeconds = 1,
        };

    public static ApiException TooManyRequests(int most) =>
        new(
            429, "TooManyRequests",
            $"{most} requests of this user are being answered already: read their answers, or end some, and ask again")
        {
            RetryAfterSeconds = 1,
        };

    public static ApiException Internal(string problem) => new(500, "InternalError", problem);

    private static ApiException About(int code, string reason, string message, ResourceType type, string name) =>
        new(code, reason, message) { Name = name, Group = type.Group, Kind = type.Plural };

    private static string Join(IReadOnlyList<StatusCause> causes)
    {
        var parts = causes.Select(cause => cause.Field.Length == 0 ? cause.Message : $"{cause.Field}: {cause.Message}").ToList();
        return parts.Count == 1 ? parts[0] : $"[{string.Join(", ", parts)}]";
    }
}
