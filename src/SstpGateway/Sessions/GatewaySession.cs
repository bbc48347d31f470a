using System.Net;
using GatewayConfig.Authentication;
using SstpGateway.Addressing;
using SstpGateway.Authentication;
using SstpGateway.Forwarding;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpProtocol;
using SstpProtocol.Dhcp;
using SstpProtocol.Ip;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.RouterAdvertisement;
using SstpProtocol.Sessions;
using SstpTransport.Linux;
using SstpTransport.Nftables;
using SstpTransport.Pumping;

namespace SstpGateway.Sessions;

/// <summary>One call and everything the gateway holds for it: the user, the addresses, the routes to it.</summary>
public sealed class GatewaySession : ISessionOwner, IDisposable
{
    // A third of the life time that RouterAdvertisementSettings gives, so that two may be lost.
    private static readonly TimeSpan AdvertisementInterval = TimeSpan.FromMinutes(10);

    private readonly IncomingCall _call;
    private readonly SessionServices _services;
    private readonly SessionTable _table;
    private readonly ConnectionLimiter.Place _place;
    private readonly ServerSession _session;
    private readonly SessionPump _pump;
    private readonly TunnelAnnouncements _announcements;
    private readonly CancellationTokenSource _ended = new();
    private readonly MonotonicTime _began;
    private readonly bool _isolated;
    private Task _authentication = Task.CompletedTask;
    private AddressLease? _lease;
    private SourceCheck _sourceCheck;
    private MonotonicTime? _nextAdvertisement;
    private bool _counted;
    private int _mtu;

    public GatewaySession(
        long id, IncomingCall call, SessionServices services, SessionTable table, ConnectionLimiter.Place place, ServerSession session)
    {
        Id = id;
        _call = call;
        _services = services;
        _table = table;
        _place = place;
        _session = session;
        _announcements = services.Announcements();
        _isolated = services.Configuration().Network.ClientIsolation;
        _mtu = _announcements.Mtu;
        _began = services.Clock.Now;
        _pump = new SessionPump(call.Stream, session, this, services.Clock);
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

    public SessionTraffic Traffic { get; } = new();

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
    public void Disconnect(SessionEnd reason) => _pump.Command((session, now) => ((ServerSession)session).Disconnect(reason, now));

    internal AddressLease? CurrentLease => _lease;

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
        if (_nextAdvertisement is { } due && due <= now) Advertise(now);
    }

    /// <summary>A packet from the inside network for this client. Does not wake the sender; <see cref="Flush"/> does.</summary>
    public void Deliver(PppProtocol protocol, Span<byte> packet)
    {
        if (!_pump.Forwards(protocol) || packet.Length > _session.PeerMru)
        {
            Traffic.CountDrop(PacketDrop.NoSession);
            return;
        }

        TcpMss.Clamp(packet, _mtu);
        if (_pump.Egress.TryEnqueue(protocol, packet)) Traffic.CountToClient(packet.Length);
        else Traffic.CountDrop(PacketDrop.QueueFull);
    }

    public void Flush() => _pump.Egress.Flush();

    void ISessionOwner.Forward(PppProtocol protocol, Span<byte> packet)
    {
        // Before anything else looks at it: a client speaks for its own addresses only (RFC 2827).
        if (!_sourceCheck.Permits(packet))
        {
            Traffic.CountDrop(PacketDrop.SourceAddress);
            return;
        }

        var dropped = protocol == PppProtocol.Ipv4 ? Forward4(packet) : Forward6(packet);
        if (dropped is { } reason) Traffic.CountDrop(reason);
        else Traffic.CountFromClient(packet.Length);
    }

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
                _nextAdvertisement = _services.Clock.Now;
                NoteProgress();
                break;
            case SessionEvent.Ipv6Closed:
                _nextAdvertisement = null;
                break;
            case SessionEvent.Ended ended:
                ReportEnd(ended.End);
                break;
        }
    }

    private async Task AuthenticateAsync(Credentials credentials)
    {
        AuthenticationResult result;
        try
        {
            result = await _services.Authenticator.AuthenticateAsync(credentials, Source.Address, _ended.Token).ConfigureAwait(false);
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
        _sourceCheck = new SourceCheck(address4, prefix6);
        _table.Route(address4, prefix6, this);
        _session.AssignAddresses(
            new LinkAddresses(
                new Ipv4Assignment(lease.Ipv4, _announcements.Gateway4, _announcements.Dns4),
                prefix6 is null || _announcements.RouterAdvertisement is null
                    ? null
                    : new Ipv6Assignment(TunnelAnnouncements.GatewayInterfaceId, (ulong)Id + TunnelAnnouncements.GatewayInterfaceId)),
            _services.Clock.Now);
    }

    private AddressLease? Lease(AuthenticatedUser user)
    {
        var request = new LeaseRequest(user.Name, user.StaticIpv4, user.StaticIpv6);
        if (_services.Addresses.TryLease(request, out var lease, out var refusal)) return lease;

        // A user whose line broke calls again before the old call is known to be dead. The address is theirs: the old call gives way.
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
            LeaseRefusal.StaticIpv4InUse => $"the user's address {user.StaticIpv4} is in use by someone else, or is the gateway's own",
            LeaseRefusal.StaticIpv6InUse => $"the user's prefix {user.StaticIpv6} is in use by someone else, or is the gateway's own",
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
        _mtu = Math.Min(_mtu, _session.PeerMru);
        _services.Metrics.CallStarted(_services.Clock.Now - _began);
        SessionLog.Started(
            _services.Logger, Id, User!.Name, Source, Address4?.ToString() ?? "none", Prefix6?.ToString() ?? "none",
            TlsVersion, _call.CipherSuite.ToString(), Method.ToString()!, ClientName ?? "");
    }

    private void ReportEnd(SessionEnd end)
    {
        var duration = _services.Clock.Now - _began;
        _services.Metrics.CallEnded(end.Cause, duration);
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
        _table.Unroute(_sourceCheck.Address4, _sourceCheck.Prefix6, this);
        _sourceCheck = default;
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

    private PacketDrop? Forward4(Span<byte> packet)
    {
        Ipv4Header.TryRead(packet, out var header);
        var isBroadcast = header.Destination >= 0xE000_0000; // 224.0.0.0/4 and above: no neighbour hears it through a tunnel
        if (isBroadcast || header is { Protocol: IpProtocol.Udp } && header.Destination == IpNumber.FromIpv4(_announcements.Gateway4))
        {
            if (DhcpInform.TryRead(packet, out var inform))
            {
                Span<byte> answer = stackalloc byte[DhcpAck.MaxLength];
                Reply(PppProtocol.Ipv4, answer[.._announcements.Dhcp.Write(answer, inform)]);
                return null;
            }

            if (isBroadcast) return PacketDrop.Multicast;
        }

        if (_isolated && _table.FindByIpv4(header.Destination) is not null) return PacketDrop.Isolation;
        TcpMss.Clamp(packet, _mtu);
        return _services.Outlet.TryWrite(Id, packet) ? null : PacketDrop.DeviceFull;
    }

    private PacketDrop? Forward6(Span<byte> packet)
    {
        Ipv6Header.TryRead(packet, out var header);
        var upper = (ulong)(header.Destination >> 64);
        var isLocal = upper >> 56 == 0xFF || upper >> 54 == 0xFE80 >> 6; // ff00::/8 or fe80::/10: ends on this link
        if (isLocal)
        {
            if (!RouterSolicitation.TryRead(packet, out _)) return PacketDrop.Multicast;
            Advertise(_services.Clock.Now);
            return null;
        }

        if (_sourceCheck.Prefix6 != (ulong)(header.Source >> 64)) return PacketDrop.SourceAddress; // link-local must not be routed
        if (_isolated && _table.FindByIpv6(upper) is not null) return PacketDrop.Isolation;
        TcpMss.Clamp(packet, _mtu);
        return _services.Outlet.TryWrite(Id, packet) ? null : PacketDrop.DeviceFull;
    }

    private void Advertise(MonotonicTime now)
    {
        if (_announcements.RouterAdvertisement is not { } advertisement || _sourceCheck.Prefix6 is not { } prefix) return;
        Span<byte> packet = stackalloc byte[RouterAdvertisementMessage.MaxLength];
        Reply(PppProtocol.Ipv6, packet[..advertisement.Write(packet, prefix)]);
        // Before the binding is verified nothing may pass; the first advertisement then waits for the next beat.
        if (_pump.Forwards(PppProtocol.Ipv6)) _nextAdvertisement = now + AdvertisementInterval;
    }

    private void Reply(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        if (!_pump.Forwards(protocol)) return;
        _pump.Egress.TryEnqueue(protocol, packet);
        _pump.Egress.Flush();
    }
}
