using System.Runtime.InteropServices;

namespace SstpTransport.Nftables;

/// <summary>Runs nft commands inside this process, so that its capabilities suffice and no child needs any.</summary>
/// <remarks>
/// One context is one netlink socket in the network namespace of the thread that opened it. A table with the flag
/// "owner" belongs to that socket: nobody else can change it, and the kernel removes it when the socket is closed, also
/// when the process is killed. Not safe for use from several threads.
/// </remarks>
public sealed unsafe class NftablesContext : IDisposable
{
    private readonly NftablesHandle _context;

    private NftablesContext(NftablesHandle context) => _context = context;

    /// <exception cref="NftablesException">libnftables is not installed, or gives no context.</exception>
    public static NftablesContext Open()
    {
        try
        {
            var handle = new NftablesHandle(LibNftables.ContextNew(LibNftables.DefaultContext));
            if (handle.IsInvalid || LibNftables.ContextBufferError(handle) != 0 || LibNftables.ContextBufferOutput(handle) != 0)
            {
                handle.Dispose();
                throw new NftablesException("libnftables gave no context: the kernel may lack nf_tables, or memory is short.");
            }

            return new NftablesContext(handle);
        }
        catch (DllNotFoundException missing)
        {
            throw new NftablesException(
                $"{LibNftables.Library} is not installed. Install the package libnftables1 (Debian, "
                + "Ubuntu) or nftables (Fedora, Arch).", missing);
        }
    }

    /// <summary>Runs commands in nft's language as one transaction: all of them take effect, or none.</summary>
    /// <returns>What a list command prints.</returns>
    /// <exception cref="NftablesException">They were refused.</exception>
    public string Run(string commands)
    {
        var status = LibNftables.RunCommandFromBuffer(_context, commands);

        // Reading a buffer also empties it, so both are read every time.
        var output = Text(LibNftables.ContextGetOutputBuffer(_context));
        var errors = Text(LibNftables.ContextGetErrorBuffer(_context));
        return status == 0 ? output : throw NftablesException.Refused(errors);
    }

    public void Dispose() => _context.Dispose();

    private static string Text(byte* buffer) => Marshal.PtrToStringUTF8((nint)buffer) ?? "";
}
