using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SstpTransport.Tls;

/// <summary>The few calls of OpenSSL's own that <see cref="SslStream"/> has no option for, on the handle that it keeps.</summary>
/// <remarks>
/// The handle is in a private field, which is not a contract: whoever calls must be content where <see cref="HandleOf"/> finds
/// none; see ADR 33. The library is the one that the runtime uses itself, or nothing is called.
/// </remarks>
internal static partial class OpenSsl
{
    private const string Library = "libssl.so.3";

    // The versions whose library has that name, in the form of OPENSSL_VERSION_NUMBER.
    private const long OpenSsl3 = 0x3000_0000;
    private const long OpenSsl4 = 0x4000_0000;

    private const int Mode = 33;              // SSL_CTRL_MODE (ssl.h)
    private const nint ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS
    private const int SessionCacheMode = 44;  // SSL_CTRL_SET_SESS_CACHE_MODE
    private const nint NoSessionCache = 0;    // SSL_SESS_CACHE_OFF
    private const ulong NoTicket = 1 << 14;   // SSL_OP_NO_TICKET

    private static readonly FieldInfo? Handle =
        typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly bool IsKnown = SafeEvpPKeyHandle.OpenSslVersion is >= OpenSsl3 and < OpenSsl4;

    /// <summary>A connection's SSL object; null before its handshake, after its end,
    /// or where the runtime keeps it elsewhere.</summary>
    public static SafeHandle? HandleOf(SslStream stream) =>
        IsKnown && Handle?.GetValue(stream) is SafeHandle { IsInvalid: false, IsClosed: false } handle ? handle : null;

    /// <summary>Has a connection give back its record buffers between records.</summary>
    public static bool TryReleaseBuffers(SafeHandle connection) =>
        (Control(connection, Mode, ReleaseBuffers, 0) & ReleaseBuffers) != 0;

    /// <summary>The SSL_CTX that a connection was made from; valid for as long as the connection is.</summary>
    public static nint ContextOf(SafeHandle connection) => GetContext(connection);

    /// <summary>Whether a connection's handshake was an abbreviated one, without a certificate.</summary>
    public static bool IsResumed(SafeHandle connection) => SessionReused(connection) != 0;

    /// <summary>Whether connections made from a context can be resumed by a ticket (RFC 5077, RFC 8446 4.6.1).</summary>
    public static bool GivesTickets(nint context) => (GetOptions(context) & NoTicket) == 0;

    /// <summary>No connection made from this context from now on can be resumed.</summary>
    public static bool TryEndResumption(nint context)
    {
        _ = ControlContext(context, SessionCacheMode, NoSessionCache, 0);
        return SetTickets(context, 0) == 1 && (SetOptions(context, NoTicket) & NoTicket) != 0;
    }

    /// <param name="tls12">Names of OpenSSL, separated by colons.</param>
    /// <param name="tls13">The same for TLS 1.3.</param>
    public static bool TrySetCiphers(nint context, string tls12, string tls13) =>
        SetCipherList(context, tls12) == 1 && SetCipherSuites(context, tls13) == 1;

    [LibraryImport(Library, EntryPoint = "SSL_ctrl")]
    private static partial nint Control(SafeHandle ssl, int command, nint argument, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_get_SSL_CTX")]
    private static partial nint GetContext(SafeHandle ssl);

    [LibraryImport(Library, EntryPoint = "SSL_session_reused")]
    private static partial int SessionReused(SafeHandle ssl);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl")]
    private static partial nint ControlContext(nint context, int command, nint argument, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_get_options")]
    private static partial ulong GetOptions(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_options")]
    private static partial ulong SetOptions(nint context, ulong options);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_num_tickets")]
    private static partial int SetTickets(nint context, nuint count);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_cipher_list", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetCipherList(nint context, string names);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_ciphersuites", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetCipherSuites(nint context, string names);
}
