using System.Net.Security;

namespace SstpTransport.Tls;

/// <summary>Has OpenSSL give back its two record buffers, 33 KiB a connection, whenever it does not need them.</summary>
/// <remarks>
/// OpenSSL does so when asked (SSL_MODE_RELEASE_BUFFERS), but <see cref="SslStream"/> has no way of asking. Where it cannot be
/// asked, nothing is done and idle calls cost more; see ADR 33.
/// </remarks>
internal static class RecordBuffers
{
    /// <param name="stream">After its handshake, while nothing is read or written.</param>
    /// <returns>False when it cannot be done here; then everything works as before.</returns>
    public static bool TryRelease(SslStream stream) =>
        OpenSsl.HandleOf(stream) is { } handle && OpenSsl.TryReleaseBuffers(handle);
}
