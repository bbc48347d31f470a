namespace LocalControlPlane.Errors;

/// <summary>A request that cannot be served. Its edge is the request: it becomes a Status object there.</summary>
/// <param name="code">HTTP status.</param>
/// <param name="reason">What client libraries look at; one of the API's StatusReason values.</param>
public sealed class ApiException(int code, string reason, string message) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>Name of the object it is about.</summary>
    public string? Name { get; init; }

    public string? Uid { get; init; }

    public string? Group { get; init; }

    /// <summary>The resource's plural; for <c>Invalid</c> the kind, as real servers do.</summary>
    public string? Kind { get; init; }

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    /// <summary>A token to go on with a list that expired.</summary>
    public string? Continue { get; init; }
}
