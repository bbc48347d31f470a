namespace SstpTransport.Netlink;

/// <summary>What to change about a device; null leaves a property as it is.</summary>
public sealed record LinkChange
{
    /// <summary>True brings the device up.</summary>
    public bool? Up { get; init; }

    /// <summary>Bytes of the largest IP packet.</summary>
    public int? Mtu { get; init; }

    /// <summary>Packets that may wait to be read from each queue.</summary>
    public int? TransmitQueueLength { get; init; }

    /// <summary>False keeps the kernel from giving the device an IPv6 link-local address of its own choice.</summary>
    public bool? AutomaticLinkLocal { get; init; }
}
