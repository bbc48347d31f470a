using System.Net;

namespace KubeApi.Client;

/// <summary>The server answered, and the answer was no.</summary>
public sealed class KubeApiException : Exception
{
    /// <param name="request">"GET /api/v1/...": for the message.</param>
    public KubeApiException(string request, ApiStatus status, TimeSpan? retryAfter = null)
        : base($"{request}: {status.Code} {status.Reason}: {status.Message}")
    {
        Status = status;
        RetryAfter = retryAfter;
    }

    public ApiStatus Status { get; }

    /// <summary>How long the server asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    public bool IsNotFound => Is(HttpStatusCode.NotFound);

    public bool IsForbidden => Is(HttpStatusCode.Forbidden);

    /// <summary>Somebody else changed the object since it was read, or owns the field: read again and decide again.</summary>
    public bool IsConflict => Is(HttpStatusCode.Conflict) && !IsAlreadyExists;

    public bool IsAlreadyExists => Is(HttpStatusCode.Conflict) && Status.Reason == "AlreadyExists";

    /// <summary>The resourceVersion or continue token is older than the server's memory: list again.</summary>
    public bool IsExpired => Is(HttpStatusCode.Gone) || Status.Reason is "Expired" or "Gone";

    /// <summary>The object breaks a rule of its schema: only another object can help.</summary>
    public bool IsInvalid => Is(HttpStatusCode.UnprocessableEntity) || Status.Reason == "Invalid";

    public bool IsTooManyRequests => Is(HttpStatusCode.TooManyRequests);

    /// <summary>The replica asked is behind the resourceVersion given.</summary>
    public bool IsResourceVersionTooLarge =>
        Status.Details?.Causes?.Any(cause => cause.Reason == "ResourceVersionTooLarge") == true
        || (Status.Reason == "Timeout"
            && Status.Message?.Contains("Too large resource version", StringComparison.Ordinal) == true);

    private bool Is(HttpStatusCode code) => Status.Code == (int)code;
}
