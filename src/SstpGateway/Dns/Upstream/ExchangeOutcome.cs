namespace SstpGateway.Dns.Upstream;

internal enum ExchangeOutcome
{
    Answered,

    /// <summary>The server said that it cannot help, sent nonsense, or cannot be reached:
    /// ask the next, and not this one again.</summary>
    Failed,

    /// <summary>Nothing came in time: the question or the answer may be lost, so this server may be asked again.</summary>
    Silent,

    /// <summary>By UDP there is no answer to be had that is whole and to be trusted.</summary>
    UseTcp,

    /// <summary>The server may not know EDNS.</summary>
    UseNoEdns,
}
