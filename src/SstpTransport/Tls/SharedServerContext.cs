using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace SstpTransport.Tls;

/// <summary>One native TLS context (SSL_CTX) for all of a server's connections of a kind, none of which can be resumed.</summary>
/// <remarks>
/// A context is 13 KiB and takes a good part of a handshake's time to make. .NET shares one among connections only where they may
/// be resumed; otherwise each has its own. So it is allowed to here, and before the first real connection OpenSSL is told on that
/// very context to give no tickets and keep no sessions. See ADR 34.
/// </remarks>
public sealed class SharedServerContext
{
    private static readonly Lock Preparing = new();

    // .NET keeps a context for as long as a connection uses it: this one does, for good.
    private readonly SslStream _anchor;
    private readonly nint _context;

    private SharedServerContext(SslStream anchor, nint context)
    {
        _anchor = anchor;
        _context = context;
    }

    /// <summary>Makes the context with a handshake inside the process, which also has everything
    /// compiled that a first client would wait for.</summary>
    /// <param name="options">
    /// Of the connections to come: with a certificate, without a cipher policy, and with
    /// <see cref="SslServerAuthenticationOptions.AllowTlsResume"/>. Nobody may use their like before this is done.
    /// </param>
    /// <param name="tls12">Cipher suites of TLS 1.2 by OpenSSL's names, separated by colons.</param>
    /// <param name="tls13">The same for TLS 1.3.</param>
    /// <returns>Null where it cannot be done: then connections must have contexts of their own.</returns>
    public static async Task<SharedServerContext?> TryPrepareAsync(
        SslServerAuthenticationOptions options, string tls12, string tls13)
    {
        var (near, far) = LinkedStream.Pair();
        var server = new SslStream(far);
        var client = new SslStream(near);
        await using var clientGuard = client.ConfigureAwait(false);
        try
        {
            await Task.WhenAll(server.AuthenticateAsServerAsync(options), client.AuthenticateAsClientAsync(ToOurselves(options)))
                .ConfigureAwait(false);
            if (OpenSsl.HandleOf(server) is { } handle && TryConfigure(handle, tls12, tls13, out var context))
                return new SharedServerContext(server, context);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // A certificate that cannot serve a client here cannot be shared; a real client will be told what is wrong with it.
        }

        await server.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>Whether a connection after its handshake uses this context, so that all that was told to it holds:
    /// it was not resumed.</summary>
    public bool Serves(SslStream connection)
    {
        var serves = OpenSsl.HandleOf(connection) is { } handle
            && OpenSsl.ContextOf(handle) == _context && !OpenSsl.IsResumed(handle);
        GC.KeepAlive(_anchor);
        return serves;
    }

    private static bool TryConfigure(SafeHandle connection, string tls12, string tls13, out nint context)
    {
        lock (Preparing)
        {
            context = OpenSsl.ContextOf(connection);
            // The same certificate read again: the context is in use, and what connections use must not change.
            return !OpenSsl.GivesTickets(context)
                || (OpenSsl.TrySetCiphers(context, tls12, tls13) && OpenSsl.TryEndResumption(context));
        }
    }

    private static SslClientAuthenticationOptions ToOurselves(SslServerAuthenticationOptions server) => new()
    {
        TargetHost = "localhost",
        EnabledSslProtocols = server.EnabledSslProtocols,
        ApplicationProtocols = server.ApplicationProtocols,
        AllowTlsResume = false,
        // Whoever issued it does not matter here, so nobody is asked.
        CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
        },
        // Nothing is sent over this connection: it has to be the certificate that we present,
        // whoever signed it and for whatever name.
        RemoteCertificateValidationCallback = (_, presented, _, _) =>
            presented is not null && presented.GetRawCertData().AsSpan()
                .SequenceEqual(server.ServerCertificateContext!.TargetCertificate.RawDataMemory.Span),
    };
}
