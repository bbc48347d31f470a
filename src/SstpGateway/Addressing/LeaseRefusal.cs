namespace SstpGateway.Addressing;

/// <summary>Why a call gets no addresses.</summary>
public enum LeaseRefusal
{
    None,

    /// <summary>Every IPv4 address of the pools is in use or reserved.</summary>
    Ipv4PoolsExhausted,

    /// <summary>Another call, or the gateway, has the user's static IPv4 address; <see cref="AddressAllocator.FindHolder"/>
    /// names it.</summary>
    StaticIpv4InUse,

    /// <summary>Another call, or the gateway, has the user's static /64.</summary>
    StaticIpv6InUse,
}
