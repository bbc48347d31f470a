namespace SstpProtocol.Dhcp;

/// <summary>Option codes used here (RFC 2132, RFC 3397, RFC 3442).</summary>
public enum DhcpOption : byte
{
    Pad = 0,
    SubnetMask = 1,
    DomainNameServer = 6,

    /// <summary>What Windows takes as the connection's suffix.</summary>
    DomainName = 15,
    MessageType = 53,
    ServerIdentifier = 54,
    ParameterRequestList = 55,
    MaximumMessageSize = 57,

    /// <summary>DNS search list in DNS wire form (RFC 3397).</summary>
    DomainSearch = 119,
    ClasslessStaticRoute = 121,

    /// <summary>Windows' own code for the classless static routes, same coding as 121.</summary>
    MicrosoftClasslessStaticRoute = 249,
    End = 255,
}
