using System.Text.Json.Nodes;

namespace LocalControlPlane.Errors;

/// <summary>The <c>Status</c> kind of meta/v1: what a client gets when it gets no object.</summary>
internal static class StatusObject
{
    public static JsonObject Of(ApiException failure)
    {
        var status = Bare();
        status["status"] = "Failure";
        status["message"] = failure.Message;
        status["reason"] = failure.Reason;
        if (Details(failure) is { Count: > 0 } details) status["details"] = details;
        if (failure.Continue is not null) status["metadata"]!["continue"] = failure.Continue;
        status["code"] = failure.Code;
        return status;
    }

    /// <summary>The answer to a deletion that is done.</summary>
    public static JsonObject Deleted(string name, string group, string plural, string uid)
    {
        var status = Bare();
        status["status"] = "Success";
        status["details"] = new JsonObject { ["name"] = name, ["group"] = group, ["kind"] = plural, ["uid"] = uid };
        return status;
    }

    private static JsonObject Bare() => new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject() };

    private static JsonObject Details(ApiException failure)
    {
        var details = new JsonObject();
        if (failure.Name is not null) details["name"] = failure.Name;
        if (failure.Group is { Length: > 0 }) details["group"] = failure.Group;
        if (failure.Kind is not null) details["kind"] = failure.Kind;
        if (failure.Uid is not null) details["uid"] = failure.Uid;
        if (failure.Causes.Count > 0) details["causes"] = new JsonArray([.. failure.Causes.Select(Cause)]);
        if (failure.RetryAfterSeconds is { } seconds) details["retryAfterSeconds"] = seconds;
        return details;
    }

    private static JsonObject Cause(StatusCause cause)
    {
        var result = new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message };
        if (cause.Field.Length > 0) result["field"] = cause.Field;
        return result;
    }
}
