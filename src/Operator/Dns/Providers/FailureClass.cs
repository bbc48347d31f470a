namespace Operator.Dns.Providers;

/// <summary>What a failure means for what happens next.</summary>
public enum FailureClass
{
    /// <summary>Network, 5xx, 429, SERVFAIL, <c>dnserr</c>: back off and try again.</summary>
    Transient,

    /// <summary>The service says that it is down (<c>911</c>, maintenance):
    /// at least 30 minutes of silence (No-IP, Dyn).</summary>
    ProviderDown,

    /// <summary>Credentials refused: nothing more until the Secret or the specification changes.</summary>
    Auth,

    /// <summary>The service knows no such name, or does not allow this: nothing more until the specification changes.</summary>
    Config,

    /// <summary>Blocked for abuse: nothing more until a person unlocks it, over restarts, too.</summary>
    Abuse,

    /// <summary>An answer nobody understands: as transient, but 15 minutes at least.</summary>
    Unknown,
}
