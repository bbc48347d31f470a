namespace SstpGateway.Decoy;

/// <summary>What is wrong with a request that cannot be served; each has the answer that nginx gives.</summary>
internal enum RequestFault
{
    None,

    /// <summary>Not HTTP, or HTTP that breaks RFC 9112: 400.</summary>
    Malformed,

    /// <summary>The request line is longer than <see cref="DecoyLimits.MaxLineLength"/>: 414.</summary>
    TargetTooLong,

    /// <summary>A field line or all of them are too long: 400 with a page of its own.</summary>
    FieldsTooLong,

    /// <summary>HTTP/2 or later spelt out in a request line: 505.</summary>
    Version,

    /// <summary>A transfer coding other than chunked: 501.</summary>
    TransferCoding,

    /// <summary>TRACE, which web servers switch off: 405.</summary>
    Trace,
}
