namespace SstpGateway.Authentication;

/// <summary>What became of a log-in, as a tag of metrics: a closed set.</summary>
public enum AuthenticationOutcome
{
    Accepted,

    /// <summary>Unknown user or wrong secret: one value, so that metrics do not tell them apart either.</summary>
    WrongCredentials,

    Disabled,
    Expired,

    /// <summary>The user's entry cannot serve the method that was used.</summary>
    UnsuitableMethod,

    /// <summary>Not judged: too many failures before.</summary>
    HeldBack,
}
