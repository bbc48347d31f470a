using System.Runtime.InteropServices;

namespace SstpTransport.Nftables;

/// <summary>Owns a <c>struct nft_ctx</c>, and with it the netlink socket that owned tables belong to.</summary>
internal sealed class NftablesHandle : SafeHandle
{
    public NftablesHandle(nint context)
        : base(nint.Zero, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        LibNftables.ContextFree(handle);
        return true;
    }
}
