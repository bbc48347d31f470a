using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Where the addresses come from: a kind, and the section of that kind.</summary>
public sealed record AddressSource
{
    /// <summary>Which kind of source.</summary>
    [Required]
    public AddressSourceKind Kind { get; init; }

    /// <summary>Addresses written down here.</summary>
    [ForKind("Static")]
    public StaticSource? Static { get; init; }

    /// <summary>Web services that answer with the address they see.</summary>
    [ForKind("Web", Required = false)]
    public WebSource? Web { get; init; }

    /// <summary>DNS servers that answer with the address they see.</summary>
    [ForKind("Dns", Required = false)]
    public DnsSource? Dns { get; init; }

    /// <summary>A network interface of the host that the operator runs on.</summary>
    [ForKind("Interface")]
    public InterfaceSource? Interface { get; init; }

    /// <summary>Addresses of nodes.</summary>
    [ForKind("Node", Required = false)]
    public NodeSource? Node { get; init; }

    /// <summary>The load balancer of a Service.</summary>
    [ForKind("Service")]
    public ServiceSource? Service { get; init; }

    /// <summary>The nodes that run a VpnGateway and take calls.</summary>
    [ForKind("VpnGateway")]
    public VpnGatewaySource? VpnGateway { get; init; }

    /// <summary>The router in front, by PCP, NAT-PMP or UPnP.</summary>
    [ForKind("Router", Required = false)]
    public RouterSource? Router { get; init; }

    /// <summary>Whoever reports its address to the operator over the dyndns2 protocol.</summary>
    [ForKind("Push")]
    public PushSource? Push { get; init; }

    /// <summary>How often a source that has to be asked is asked, give or take a fifth.</summary>
    [DurationBounds("10s", "24h")]
    public GoDuration Interval { get; init; } = new("60s");

    /// <summary>Networks outside the public Internet whose addresses may be published all the same,
    /// such as private or documentation ranges.</summary>
    [UniqueItems, MaxLength(32), Form(TextForm.Network)]
    public IReadOnlyList<string> AllowedRanges { get; init; } = [];

    /// <summary>Fixed lower part of IPv6 addresses, such as <c>::1234</c>:
    /// only the first 64 bits are taken from the source.</summary>
    [MaxLength(45), RegularExpression("^::[0-9A-Fa-f:]{1,39}$")]
    public string? Ipv6Suffix { get; init; }
}
