using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SstpTransport.Tls;

/// <summary>Has OpenSSL give back its two record buffers, 33 KiB a connection, whenever it does not need them.</summary>
/// <remarks>
/// OpenSSL does so when asked (SSL_MODE_RELEASE_BUFFERS), but <see cref="SslStream"/> has no way of asking: it is done on the handle that
/// it keeps. On a runtime that keeps it elsewhere, or uses another OpenSSL, nothing is done and idle calls cost more; see ADR 33.
/// </remarks>
internal static partial class RecordBuffers
{
    private const int Mode = 33;              // SSL_CTRL_MODE (ssl.h)
    private const nint ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS

    // The first OpenSSL whose library is libssl.so.3, in the form of OPENSSL_VERSION_NUMBER.
    private const long OpenSsl3 = 0x3000_0000;
    private const long OpenSsl4 = 0x4000_0000;

    private static readonly FieldInfo? Handle =
        typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly bool IsKnownLibrary = SafeEvpPKeyHandle.OpenSslVersion is >= OpenSsl3 and < OpenSsl4;

    /// <param name="stream">After its handshake, while nothing is read or written.</param>
    /// <returns>False when it cannot be done here; then everything works as before.</returns>
    public static bool TryRelease(SslStream stream)
    {
        if (!IsKnownLibrary || Handle?.GetValue(stream) is not SafeHandle { IsInvalid: false, IsClosed: false } handle) return false;
        return (Control(handle, Mode, ReleaseBuffers, 0) & ReleaseBuffers) != 0;
    }

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_ctrl")]
    private static partial nint Control(SafeHandle ssl, int command, nint argument, nint pointer);
}
