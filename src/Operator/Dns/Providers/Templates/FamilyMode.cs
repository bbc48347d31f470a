namespace Operator.Dns.Providers.Templates;

/// <summary>How a service takes IPv4 and IPv6.</summary>
public enum FamilyMode
{
    /// <summary>Both in one request; what is left out stays as it is.</summary>
    Together,

    /// <summary>Both in one request; what is left out is changed or deleted, so both are always sent.</summary>
    AlwaysBoth,

    /// <summary>One request for each.</summary>
    Apart,

    /// <summary>IPv4 only.</summary>
    Ipv4Only,
}
