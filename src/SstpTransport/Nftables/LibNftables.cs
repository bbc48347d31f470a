using System.Runtime.InteropServices;

namespace SstpTransport.Nftables;

/// <summary>The functions of libnftables used here (nftables/libnftables.h, libnftables(3)).</summary>
internal static unsafe partial class LibNftables
{
    /// <summary>The name with its interface version; the one without comes only with development packages.</summary>
    public const string Library = "libnftables.so.1";

    public const uint DefaultContext = 0; // NFT_CTX_DEFAULT

    [LibraryImport(Library, EntryPoint = "nft_ctx_new")]
    public static partial nint ContextNew(uint flags);

    [LibraryImport(Library, EntryPoint = "nft_ctx_free")]
    public static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_error")]
    public static partial int ContextBufferError(NftablesHandle context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_error_buffer")]
    public static partial byte* ContextGetErrorBuffer(NftablesHandle context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_buffer_output")]
    public static partial int ContextBufferOutput(NftablesHandle context);

    [LibraryImport(Library, EntryPoint = "nft_ctx_get_output_buffer")]
    public static partial byte* ContextGetOutputBuffer(NftablesHandle context);

    [LibraryImport(Library, EntryPoint = "nft_run_cmd_from_buffer", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RunCommandFromBuffer(NftablesHandle context, string buffer);
}
