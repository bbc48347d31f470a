namespace DnsProtocol;

/// <summary>The three lists of records in a message, in the order they are sent (RFC 1035 4.1).</summary>
public enum DnsSection
{
    Answer,
    Authority,
    Additional,
}
