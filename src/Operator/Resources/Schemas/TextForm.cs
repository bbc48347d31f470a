namespace Operator.Resources.Schemas;

/// <summary>The forms a text field may have. Each stands for a pattern and a maximum in the schema;
/// the validators parse exactly.</summary>
public enum TextForm
{
    /// <summary>Name of a Kubernetes object: RFC 1123 subdomain.</summary>
    ObjectName,

    /// <summary>A key of a Secret or ConfigMap.</summary>
    DataKey,

    /// <summary>A DNS name without its final dot, in ASCII; underscores allowed.</summary>
    DnsName,

    /// <summary>A DNS name of a host: no underscores.</summary>
    HostName,

    /// <summary>A host name that may begin with "*.".</summary>
    WildcardName,

    /// <summary>An IPv4 or IPv6 address.</summary>
    Address,

    /// <summary>An IPv4 address.</summary>
    Address4,

    /// <summary>A network in CIDR form without host bits.</summary>
    Network,

    /// <summary>An IPv4 network.</summary>
    Network4,

    /// <summary>An IPv6 network.</summary>
    Network6,

    /// <summary>An address, or an address and a port; IPv6 with a port in brackets.</summary>
    Server,

    /// <summary>A host name or an address, or either with a port.</summary>
    HostPort,

    /// <summary>A port or a range of ports: "443", "8000-8100".</summary>
    Ports,

    /// <summary>An https:// URL.</summary>
    HttpsUrl,

    /// <summary>An http:// or https:// URL.</summary>
    HttpUrl,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>Name of a network device of Linux.</summary>
    Device,

    /// <summary>One line of free text.</summary>
    Line,

    /// <summary>A Kubernetes label's key.</summary>
    LabelKey,

    /// <summary>A Kubernetes label's value.</summary>
    LabelValue,

    /// <summary>A Kubernetes quantity, such as "100m" or "256Mi".</summary>
    Quantity,

    /// <summary>A regular expression.</summary>
    Expression,
}
