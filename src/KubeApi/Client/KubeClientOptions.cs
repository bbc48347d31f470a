namespace KubeApi.Client;

/// <summary>Settings of a client.</summary>
public sealed record KubeClientOptions
{
    /// <summary>Name and version, as flow schemas and audit filters see them.</summary>
    public required string UserAgent { get; init; }

    /// <summary>From sending a request to the last byte of its answer; not for watches. Default 60 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a request is sent again when the server asks for it by Retry-After. Default 10, as client-go.</summary>
    public int RetriesOnRequest { get; init; } = 10;

    /// <summary>The longest Retry-After that is waited for; a longer one becomes the caller's to deal with.
    /// Default 60 s.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(60);
}
