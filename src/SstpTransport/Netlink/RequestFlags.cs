namespace SstpTransport.Netlink;

/// <summary>Flags in a netlink header (linux/netlink.h).</summary>
[Flags]
internal enum RequestFlags : ushort
{
    Request = 0x1,
    Acknowledge = 0x4,
    Dump = 0x300,     // NLM_F_ROOT | NLM_F_MATCH
    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,
}
