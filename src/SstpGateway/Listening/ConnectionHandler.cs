using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using GatewayConfig;
using Microsoft.Extensions.Logging;
using SstpGateway.Certificates;
using SstpGateway.Challenges;
using SstpGateway.Decoy;
using SstpGateway.Metrics;
using SstpGateway.Sessions;
using SstpProtocol;
using SstpProtocol.Http;
using SstpProtocol.Tls;
using SstpTransport.Framing;
using SstpTransport.Polling;

namespace SstpGateway.Listening;

/// <summary>Takes one TCP connection through TLS and the HTTP request, to a session or to the decoy.</summary>
/// <remarks>
/// Until a peer has logged in, every fault closes the connection without a word of SSTP: a scanner learns no more from us
/// than from a web server.
/// </remarks>
public sealed class ConnectionHandler(
    Func<GatewayConfiguration> configuration,
    CertificateStore certificates,
    ConnectionLimiter limiter,
    ReloadableDecoy decoy,
    TlsAlpnResponder tlsAlpn,
    SessionHost sessions,
    PollerGroup pollers,
    GatewayMetrics metrics,
    TimeProvider time,
    ILogger<ConnectionHandler> logger)
{
    private readonly RareLine _refusals = new(time);
    private readonly RareLine _callRefusals = new(time);
    private readonly RareLine _early = new(time);
    private AllowedSources _allowed = new([]);

    /// <param name="socket">Owned from here on.</param>
    /// <param name="abandon">Ends the connection at once.</param>
    public async Task HandleAsync(Socket socket, CancellationToken abandon)
    {
        using var _ = socket;
        if (socket.RemoteEndPoint is not IPEndPoint source) return;
        if (source.Address.IsIPv4MappedToIPv6) source.Address = source.Address.MapToIPv4();

        var config = configuration();
        var isAllowed = Allowed(config.Listening.AllowedSources).Contains(source.Address);
        if (!isAllowed && !tlsAlpn.IsExpectingVisitors)
        {
            metrics.ConnectionRefused(ConnectionRefusal.SourceNotAllowed);
            return;
        }

        using var place = limiter.TryEnter(source.Address, out var limit);
        if (place is null)
        {
            metrics.ConnectionRefused(limit);
            if (_refusals.MayWrite(out var unsaid)) ListeningLog.LimitReached(logger, source, limit, unsaid);
            return;
        }

        metrics.ConnectionAccepted();
        try
        {
            SocketTuning.Apply(socket);
            await ServeAsync(socket, source, isAllowed, config, place, abandon).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // After the handshake, where a visitor may leave at any time.
            NoteEnd(source, e);
        }
    }

    private async Task ServeAsync(
        Socket socket, IPEndPoint source, bool isAllowed, GatewayConfiguration config,
        ConnectionLimiter.Place place, CancellationToken abandon)
    {
        using var phase = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        var deadline = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), phase,
            config.Limits.HandshakeTimeout, Timeout.InfiniteTimeSpan);
        await using var timer = deadline.ConfigureAwait(false);
        var network = new PolledStream(socket, pollers.Next());
        await using var networkGuard = network.ConfigureAwait(false);

        if (await HandshakeAsync(network, source, isAllowed, config, phase.Token)
            .ConfigureAwait(false) is not var (tls, certificate)) return;
        await using var tlsGuard = tls.ConfigureAwait(false);

        deadline.Change(config.Limits.PreambleTimeout, Timeout.InfiniteTimeSpan);
        Preamble preamble;
        try
        {
            preamble = await ReadPreambleAsync(tls, phase.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!abandon.IsCancellationRequested)
        {
            metrics.RequestReceived(RequestOutcome.Timeout);
            throw;
        }

        deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        if (!preamble.IsSstp)
        {
            metrics.RequestReceived(RequestOutcome.Decoy);
            await decoy.ServeAsync(tls, preamble.Received, abandon).ConfigureAwait(false);
            return;
        }

        if (ReasonToRefuse(certificate) is { } reason)
        {
            metrics.RequestReceived(RequestOutcome.SstpRefused);
            if (_callRefusals.MayWrite(out var unsaid)) ListeningLog.CallRefused(logger, source, reason, unsaid);
            await decoy.ServeAsync(tls, preamble.Received, abandon).ConfigureAwait(false);
            return;
        }

        metrics.RequestReceived(RequestOutcome.Sstp);
        await AnswerAsync(tls, phase.Token).ConfigureAwait(false);
        var call = new IncomingCall(
            tls, network, source, certificate.Digests, preamble.CorrelationId, tls.SslProtocol, tls.NegotiatedCipherSuite);
        // A call may last for days: what its first request was read into must not.
        var surplus = preamble.Surplus.IsEmpty ? default : preamble.Surplus.ToArray();
        preamble = default;
        await sessions.RunAsync(call, surplus, place, abandon).ConfigureAwait(false);
    }

    /// <summary>A client that does not believe the certificate says so by an alert and nothing else:
    /// its user's first question is seen here or nowhere.</summary>
    private void NoteEnd(IPEndPoint source, Exception e)
    {
        var reason = e is OperationCanceledException ? "time was up, or the gateway stops" : e.GetBaseException().Message;
        ListeningLog.Closed(logger, source, reason);
        if (_early.MayWrite(out var unsaid)) ListeningLog.LeftEarly(logger, source, reason, unsaid);
    }

    // The content type of a handshake record (RFC 8446 5.1).
    private static bool LooksLikeTls(ReadOnlyMemory<byte> received) => received is { IsEmpty: false, Span: [0x16, ..] };

    // Parsed once a configuration, not once a connection.
    private AllowedSources Allowed(IReadOnlyList<string> ranges)
    {
        if (!ReferenceEquals(_allowed.Ranges, ranges)) _allowed = new AllowedSources(ranges);
        return _allowed;
    }

    private string? ReasonToRefuse(ServerCertificate certificate) =>
        certificate.IsPlaceholder ? "no usable certificate is configured, only a self-signed placeholder; see tls.certificates"
        : sessions.IsDraining ? "the gateway is draining"
        : sessions.IsFull ? "limits.calls is reached"
        : null;

    /// <summary>Null when the peer does not speak TLS, or not ours, or wanted no more than a handshake.</summary>
    private async ValueTask<(SslStream Tls, ServerCertificate Certificate)?> HandshakeAsync(
        PolledStream network, IPEndPoint source, bool isAllowed, GatewayConfiguration config, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        SslStream? tls = null;
        try
        {
            var (hello, received) = await ClientHelloPeek.ReadAsync(network, stopping).ConfigureAwait(false);
            if (hello is not null && tlsAlpn.IsFor(hello))
            {
                await tlsAlpn.AnswerAsync(new ReplayStream(network, received), hello, source, stopping).ConfigureAwait(false);
                return null;
            }

            if (!isAllowed)
            {
                metrics.ConnectionRefused(ConnectionRefusal.SourceNotAllowed);
                return null;
            }

            if (hello is null && !LooksLikeTls(received))
            {
                metrics.HandshakeFailed(received.IsEmpty ? HandshakeFailure.Disconnected : HandshakeFailure.NotTls);
                // Where a web server for HTTPS says that it was sent plain HTTP, silence would be a mark; what has the top bit
                // set it takes for an old version of SSL and closes.
                if (!received.IsEmpty && received.Span[0] < 0x80)
                    await decoy.ServePlainTextAsync(network, received, stopping).ConfigureAwait(false);
                return null;
            }

            // A hello that we cannot read is answered by TLS itself, with its alert.
            hello ??= ClientHello.Empty;
            var certificate = certificates.Select(hello.ServerName);
            tls = new SslStream(new ReplayStream(network, received));
            var offersHttp11 = hello.ApplicationProtocols.Contains("http/1.1");
            var shared = certificate.SharedContexts.Find(config.Tls, offersHttp11);
            await tls.AuthenticateAsServerAsync(
                ServerTlsPolicy.Options(config.Tls, certificate.Context, offersHttp11, isShared: shared is not null), stopping)
                .ConfigureAwait(false);
            if (shared is not null && !shared.Serves(tls))
                throw new AuthenticationException(
                    "the runtime did not use the TLS context that was prepared for this certificate");
            metrics.HandshakeCompleted(time.GetElapsedTime(began));
            return (tls, certificate);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            metrics.HandshakeFailed(e switch
            {
                AuthenticationException => HandshakeFailure.Refused,
                OperationCanceledException => HandshakeFailure.Timeout,
                _ => HandshakeFailure.Disconnected,
            });
            NoteEnd(source, e);
            if (tls is not null) await tls.DisposeAsync().ConfigureAwait(false);
            return null;
        }
    }

    private static async ValueTask<Preamble> ReadPreambleAsync(SslStream tls, CancellationToken stopping)
    {
        var buffer = new byte[2048];
        var filled = 0;
        while (true)
        {
            var read = await tls.ReadAsync(buffer.AsMemory(filled), stopping).ConfigureAwait(false);
            filled += read;
            var received = buffer.AsMemory(0, filled);
            if (Recognise(received) is { } preamble) return preamble;

            // A peer that stops in the middle gets what a web server gives: the decoy sees what there is.
            if (read == 0) return new Preamble(false, received, default, null);
            if (filled == buffer.Length) Array.Resize(ref buffer, Math.Min(buffer.Length * 2, PreambleReader.MaxLength + 1));
        }
    }

    /// <summary>Null as long as more bytes are needed.</summary>
    private static Preamble? Recognise(ReadOnlyMemory<byte> received) =>
        PreambleReader.TryRead(received.Span, out var request, out var consumed) switch
        {
            ReadStatus.NeedMoreBytes => null,
            ReadStatus.Complete when request.Kind == PreambleKind.Sstp =>
                new Preamble(true, received, received[consumed..], request.CorrelationId),
            _ => new Preamble(false, received, default, null),
        };

    private async ValueTask AnswerAsync(SslStream tls, CancellationToken stopping)
    {
        var answer = new byte[512];
        var length = PreambleResponse.Write(answer, time.GetUtcNow().ToString("R"));
        await tls.WriteAsync(answer.AsMemory(0, length), stopping).ConfigureAwait(false);
    }

    private readonly record struct Preamble(
        bool IsSstp, ReadOnlyMemory<byte> Received, ReadOnlyMemory<byte> Surplus, Guid? CorrelationId);
}
