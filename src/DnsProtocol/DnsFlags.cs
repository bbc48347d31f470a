namespace DnsProtocol;

/// <summary>Bytes 2 and 3 of a message (RFC 1035 4.1.1, AD and CD from RFC 4035 3.1.6 and 3.2.2),
/// with room for opcode and RCODE.</summary>
[Flags]
public enum DnsFlags : ushort
{
    None = 0,

    /// <summary>QR: an answer, not a query.</summary>
    Response = 0x8000,

    /// <summary>Opcode UPDATE (RFC 2136 1.3), where it stands among the flags.</summary>
    Update = 0x2800,

    /// <summary>AA.</summary>
    AuthoritativeAnswer = 0x0400,

    /// <summary>TC: the answer did not fit; ask by TCP.</summary>
    Truncated = 0x0200,

    /// <summary>RD.</summary>
    RecursionDesired = 0x0100,

    /// <summary>RA.</summary>
    RecursionAvailable = 0x0080,

    /// <summary>AD: whoever answers has validated the signatures.</summary>
    AuthenticData = 0x0020,

    /// <summary>CD: whoever asks validates for itself and wants data that fails validation, too.</summary>
    CheckingDisabled = 0x0010,
}
