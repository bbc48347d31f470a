namespace Operator.Dns.Accounts;

/// <summary>What a look at a service's host showed. It says nothing about the account or its names.</summary>
public enum Liveness
{
    /// <summary>No connection, no TLS, no answer.</summary>
    Unreachable,

    /// <summary>Answers 5xx, as a balancer does that has nothing behind it.</summary>
    Broken,

    Answering,
}
