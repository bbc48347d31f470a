namespace SstpGateway.Dns.Messages;

/// <summary>What to do with what a client sent.</summary>
internal enum QueryVerdict
{
    /// <summary>A question to find the answer to.</summary>
    Resolve,

    /// <summary>Too short to answer, or itself an answer (so that two servers cannot be made to talk for ever).</summary>
    Ignore,

    /// <summary>Answer FORMERR.</summary>
    FormatError,

    /// <summary>Answer NOTIMP: another opcode than QUERY.</summary>
    NotImplemented,

    /// <summary>Answer BADVERS: an EDNS version from the future.</summary>
    BadVersion,

    /// <summary>Answer REFUSED: zone transfers and other meta types, classes other than Internet.</summary>
    Refuse,
}
