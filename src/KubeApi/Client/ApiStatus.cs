namespace KubeApi.Client;

/// <summary>metav1.Status: what the server says about a request that it did not do.</summary>
/// <param name="Reason">A stable word, such as "Conflict" or "AlreadyExists"; tells apart what shares a code.</param>
public sealed record ApiStatus(int Code, string? Reason, string? Message, ApiStatusDetails? Details);

/// <param name="RetryAfterSeconds">0 when the server does not say.</param>
public sealed record ApiStatusDetails(IReadOnlyList<ApiStatusCause>? Causes, int RetryAfterSeconds);

/// <param name="Field">Path in the object, such as "spec.hostname"; null when it is not about one field.</param>
public sealed record ApiStatusCause(string? Reason, string? Message, string? Field);
