namespace Operator.Gateways.Channel;

/// <summary>Why a gateway did not do what it was asked.</summary>
public enum ChannelFault
{
    /// <summary>Nobody answers at the address, or not in time.</summary>
    Unreachable,

    /// <summary>Whoever answers is not the gateway: its certificate is of another CA,
    /// for another name, or out of its time.</summary>
    Untrusted,

    /// <summary>The gateway does not know this operation, or speaks a version that this operator does not.</summary>
    NotSupported,

    /// <summary>The gateway found fault with the request.</summary>
    Rejected,

    /// <summary>The answer makes no sense, or is a failure of the gateway's own.</summary>
    Failed,
}
