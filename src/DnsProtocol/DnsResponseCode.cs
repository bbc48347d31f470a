namespace DnsProtocol;

/// <summary>RCODE (RFC 1035 4.1.1), with those beyond 15 that EDNS makes room for (RFC 6891 6.1.3).</summary>
public enum DnsResponseCode : ushort
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,

    /// <summary>YXDOMAIN: a name exists that a prerequisite says does not (RFC 2136 2.2).</summary>
    NameExists = 6,

    /// <summary>YXRRSET: records exist that a prerequisite says do not.</summary>
    RecordsExist = 7,

    /// <summary>NXRRSET: records that a prerequisite names do not exist.</summary>
    RecordsMissing = 8,

    /// <summary>NOTAUTH: the server is not authoritative for the zone, or the TSIG is not right (RFC 8945 5.2).</summary>
    NotAuthoritative = 9,

    /// <summary>NOTZONE: a name outside the zone.</summary>
    NotInZone = 10,

    BadVersion = 16,
}
