namespace SstpGateway.Dns.Messages;

/// <summary>RCODE (RFC 1035 4.1.1), with those beyond 15 that EDNS makes room for (RFC 6891 6.1.3).</summary>
internal enum DnsResponseCode : ushort
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}
