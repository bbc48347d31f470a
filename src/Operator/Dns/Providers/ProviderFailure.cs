namespace Operator.Dns.Providers;

/// <summary>Why a service did not do what was asked.</summary>
/// <param name="Words">What the service said, in its own words, at most <see cref="MaxWords"/> safe characters;
/// no secret in it.</param>
/// <param name="Advice">What the user can do; a sentence without the words above.</param>
public sealed record ProviderFailure(FailureClass Class, string Words, string Advice)
{
    /// <summary>Enough to recognise a message, too little to drown a status.</summary>
    public const int MaxWords = 200;

    /// <summary>The wait that the service asked for; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the service failed as a whole, which holds for all names of the account.</summary>
    public ServiceOutage Outage { get; init; }

    /// <summary>Time alone may cure it. Otherwise the specification, a Secret
    /// or a person has to change something first.</summary>
    public bool IsTemporary => Class is FailureClass.Transient or FailureClass.ProviderDown or FailureClass.Unknown;
}
