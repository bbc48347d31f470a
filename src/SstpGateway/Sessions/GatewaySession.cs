using System.Net;
using GatewayConfig.Authentication;
using SstpGateway.Addressing;
using SstpGateway.Authentication;
using SstpGateway.Forwarding;
using SstpGateway.Listening;
using SstpGateway.Tracing;
using SstpProtocol;
using SstpProtocol.Ip;
using SstpProtocol.Ip.Offload;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpTransport.Linux;
using SstpTransport.Nftables;
using SstpTransport.Pumping;

namespace SstpGateway.Sessions;

/// <summary>One call and everything the gateway holds for it: the user, the addresses, the routes to it.</summary>
public sealed class GatewaySession : ISessionOwner, IDisposable
{
    private readonly IncomingCall _call;
    private readonly SessionServices _services;
    private readonly SessionTable _table;
    private readonly ConnectionLimiter.Place _place;
    private readonly ServerSession _session;
    private readonly RareLine _visitors;
    private readonly SessionPump _pump;
    private readonly SessionPackets _packets;
    private readonly TunnelAnnouncements _announcements;
    private readonly CancellationTokenSource _ended = new();
    private readonly MonotonicTime _began;
    private Task _authentication = Task.CompletedTask;
    private AddressLease? _lease;
    private bool _counted;

    internal GatewaySession(
        long id, IncomingCall call, SessionServices services, SessionTable table,
        ConnectionLimiter.Place place, ServerSession session,
        RareLine visitors)
    {
        Id = id;
        _call = call;
        _services = services;
        _table = table;
        _place = place;
        _session = session;
        _visitors = visitors;
        _announcements = services.Announcements();
        _began = services.Clock.Now;
        _pump = new SessionPump(call.Stream, call.Transport, session, this, services.Clock);
        _packets = new SessionPackets(call.Transport.Poller.Number, _pump, services, table, _announcements);
    }

    public long Id { get; }

    public IPEndPoint Source => _call.Source;

    public AuthenticatedUser? User { get; private set; }

    /// <summary>How the user was authenticated; null before.</summary>
    public MethodName? Method { get; private set; }

    /// <summary>What the client says it is (LCP Identification); null when it says nothing.</summary>
    public string? ClientName { get; private set; }

    public IPAddress? Address4 => _lease?.Ipv4;

    public IPNetwork? Prefix6 => _lease?.Ipv6;

    /// <summary>When packets could first pass; null before.</summary>
    public DateTimeOffset? Since { get; private set; }

    public string TlsVersion => _call.TlsVersion == System.Security.Authentication.SslProtocols.Tls13 ? "TLS 1.3" : "TLS 1.2";

    public SessionTraffic Traffic => _packets.Traffic;

    /// <summary>Carries the call to its end and gives back all it held.</summary>
    /// <param name="surplus">SSTP that came with the HTTP request.</param>
    /// <param name="abandon">Ends the call at once.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> surplus, CancellationToken abandon)
    {
        SessionLog.Begins(_services.Logger, Id, Source, _call.CorrelationId);
        try
        {
            await _pump.RunAsync(surplus, abandon).ConfigureAwait(false);
        }
        finally
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _authentication.ConfigureAwait(false);
            Release();
        }
    }

    public void Dispose()
    {
        _pump.Dispose();
        _ended.Dispose();
    }

    /// <summary>Ends the call politely: LCP Terminate-Request, CALL_DISCONNECT, close.</summary>
    public void Disconnect(SessionEnd reason) =>
        _pump.Command((session, now) => ((ServerSession)session).Disconnect(reason, now));

    /// <summary>Gives the addresses back at once and ends the call: the same user has called again.</summary>
    internal void Supersede(IPEndPoint by)
    {
        ReleaseAddresses();
        Disconnect(new SessionEnd(SessionEndCause.LocalDisconnect, $"the user called again from {by} and has a static address"));
    }

    /// <summary>Called by the heartbeat.</summary>
    public void Tick(MonotonicTime now)
    {
        _pump.Tick(now);
        _packets.Tick(now);
    }

    /// <summary>A packet, or several as one, from the inside network for this client.
    /// Does not wake the sender; <see cref="Flush"/> does.</summary>
    public void Deliver(PppProtocol protocol, in OffloadHeader offload, Span<byte> packet) =>
        _packets.Deliver(protocol, offload, packet);

    public void Flush() => _packets.Flush();

    void ISessionOwner.Forward(PppProtocol protocol, Span<byte> packet) => _packets.Forward(protocol, packet);

    void ISessionOwner.EndOfBatch() => _packets.EndOfBatch();

    void ISessionOwner.Apply(SessionEvent sessionEvent)
    {
        switch (sessionEvent)
        {
            case SessionEvent.CredentialsOffered offered:
                // Judging costs time that the gate must not be held for; the verdict comes back as a command.
                _authentication = Task.Run(() => AuthenticateAsync(offered.Credentials));
                break;
            case SessionEvent.Authenticated:
                Admit();
                break;
            case SessionEvent.PeerIdentified identified:
                // Windows sends two: its version, then the computer's name.
                ClientName = ClientName is null ? identified.Text : $"{ClientName} {identified.Text}";
                break;
            case SessionEvent.BindingVerified or SessionEvent.Ipv4Opened:
                NoteProgress();
                break;
            case SessionEvent.Ipv6Opened:
                _packets.StartAdvertising();
                NoteProgress();
                break;
            case SessionEvent.Ipv6Closed:
                _packets.StopAdvertising();
                break;
            case SessionEvent.Ended ended:
                ReportEnd(ended.End);
                break;
        }
    }

    private async Task AuthenticateAsync(Credentials credentials)
    {
        using var span = GatewayTracing.LogIn(MethodOf(credentials));
        AuthenticationResult result;
        try
        {
            result = await _services.Authenticator.AuthenticateAsync(credentials, Source.Address, _ended.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            SessionLog.LoginFaulted(_services.Logger, PeerText.Escape(credentials.UserName), Source.Address, e);
            result = AuthenticationResult.Refuse(AuthenticationOutcome.WrongCredentials, mayRetry: false, "internal error");
        }

        _services.Metrics.LoginDecided(MethodOf(credentials), result.Outcome);
        GatewayTracing.Decided(span, result.Outcome, result.IsAccepted);
        if (!result.IsAccepted)
        {
            SessionLog.LoginFailed(_services.Logger, PeerText.Escape(credentials.UserName), Source.Address, result.Reason);
        }

        _pump.Command((session, now) =>
        {
            (User, Method) = (result.User, MethodOf(credentials));
            ((ServerSession)session).Conclude(result.Verdict, now);
        });
    }

    private static MethodName MethodOf(Credentials credentials) => credentials switch
    {
        Credentials.Pap => MethodName.Pap,
        Credentials.ChapMd5 => MethodName.ChapMd5,
        Credentials.MsChapV2 { InsideEap: true } => MethodName.EapMsChapV2,
        _ => MethodName.MsChapV2,
    };

    /// <summary>The user is known: gives the call its addresses, or says why not.</summary>
    private void Admit()
    {
        var user = User!;
        _place.LoggedIn();
        var limit = _services.Configuration().Limits.CallsPerUser;
        if (!_table.TryCountUser(user.Name, limit))
        {
            Refuse($"the user already has {limit} calls (limits.callsPerUser)");
            return;
        }

        _counted = true;
        if (Lease(user) is not { } lease) return;

        try
        {
            _services.Network.Add(user, lease);
        }
        catch (Exception e) when (e is NftablesException or SystemCallException)
        {
            _services.Addresses.Release(lease);
            Refuse($"the host's network cannot be set up for the user: {e.Message}");
            return;
        }

        _lease = lease;
        var address4 = IpNumber.FromIpv4(lease.Ipv4);
        var prefix6 = lease.Ipv6 is { } ipv6 ? (ulong)(IpNumber.FromIpv6(ipv6.BaseAddress) >> 64) : (ulong?)null;
        _packets.SourceCheck = new SourceCheck(address4, prefix6);
        // LCP has settled it before the log-in, and no packet may come before it is known.
        _packets.Mtu = Math.Min(_packets.Mtu, _session.PeerMru);
        _table.Route(address4, prefix6, this);
        _session.AssignAddresses(
            new LinkAddresses(
                new Ipv4Assignment(lease.Ipv4, _announcements.Gateway4, _announcements.Dns4),
                prefix6 is null || _announcements.RouterAdvertisement is null
                    ? null
                    : new Ipv6Assignment(TunnelAnnouncements.GatewayInterfaceId, TunnelAnnouncements.ClientInterfaceId)),
            _services.Clock.Now);
    }

    private AddressLease? Lease(AuthenticatedUser user)
    {
        var request = new LeaseRequest(user.Name, user.StaticIpv4, user.StaticIpv6);
        if (_services.Addresses.TryLease(request, out var lease, out var refusal)) return lease;

        // A user whose line broke calls again before the old call is known to be dead.
        // The address is theirs: the old call gives way.
        var contested = refusal switch
        {
            LeaseRefusal.StaticIpv4InUse => user.StaticIpv4,
            LeaseRefusal.StaticIpv6InUse => user.StaticIpv6?.BaseAddress,
            _ => null,
        };
        if (contested is not null && _services.Addresses.FindHolder(contested) is { } held && held.UserName == user.Name)
        {
            _table.FindByLease(held)?.Supersede(Source);
            if (_services.Addresses.TryLease(request, out lease, out refusal)) return lease;
        }

        Refuse(refusal switch
        {
            LeaseRefusal.StaticIpv4InUse =>
                $"the user's address {user.StaticIpv4} is in use by someone else, or is the gateway's own",
            LeaseRefusal.StaticIpv6InUse =>
                $"the user's prefix {user.StaticIpv6} is in use by someone else, or is the gateway's own",
            _ => "every address of addressing.pools4 is in use; add a pool",
        });
        return null;
    }

    private void Refuse(string reason)
    {
        SessionLog.Refused(_services.Logger, Id, User!.Name, Source, reason);
        _session.Disconnect(new SessionEnd(SessionEndCause.Refused, reason), _services.Clock.Now);
    }

    /// <summary>Reports the call as up, once, when packets can pass.</summary>
    private void NoteProgress()
    {
        if (Since is not null || !(_session.Forwards(PppProtocol.Ipv4) || _session.Forwards(PppProtocol.Ipv6))) return;

        Since = _services.Clock.Time.GetUtcNow();
        _services.Metrics.CallStarted(_services.Clock.Now - _began);
        SessionLog.Started(
            _services.Logger, Id, User!.Name, Source, Address4?.ToString() ?? "none", Prefix6?.ToString() ?? "none",
            TlsVersion, _call.CipherSuite.ToString(), Method.ToString()!, ClientName ?? "");
    }

    private void ReportEnd(SessionEnd end)
    {
        var duration = _services.Clock.Now - _began;
        _services.Metrics.CallEnded(end.Cause, duration);

        // Health checks and scanners come this far and leave, every few seconds or as often as they like.
        if (User is null && end.Cause is (SessionEndCause.PeerDisconnected or SessionEndCause.TransportLost))
        {
            SessionLog.VisitorLeft(_services.Logger, Id, Source, end.Cause, end.Detail);
            if (_visitors.MayWrite(out var unsaid)) SessionLog.VisitorsLeft(_services.Logger, Source, end.Cause, unsaid);
            return;
        }

        SessionLog.Ended(
            _services.Logger, Id, User?.Name ?? "nobody", Source, (long)duration.TotalSeconds, Traffic.FromClient.Bytes,
            Traffic.ToClient.Bytes, end.Cause, end.Detail);
    }

    private void Release()
    {
        ReleaseAddresses();
        if (_counted) _table.UncountUser(User!.Name);
    }

    private void ReleaseAddresses()
    {
        if (Interlocked.Exchange(ref _lease, null) is not { } lease) return;
        _table.Unroute(_packets.SourceCheck.Address4, _packets.SourceCheck.Prefix6, this);
        _packets.SourceCheck = default;
        try
        {
            _services.Network.Remove(User!, lease);
        }
        catch (Exception e) when (e is NftablesException or SystemCallException)
        {
            // The address keeps rules that are not the next user's: it must not be given away again.
            ForwardingLog.RemovalFailed(_services.Logger, e.Message);
            return;
        }

        _services.Addresses.Release(lease);
    }
}
