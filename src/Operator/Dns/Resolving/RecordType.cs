namespace Operator.Dns.Resolving;

/// <summary>The record types that the operator reads and writes (RFC 1035 3.2.2, RFC 3596, RFC 8659).</summary>
public enum RecordType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Txt = 16,
    Aaaa = 28,
    Caa = 257,
}
