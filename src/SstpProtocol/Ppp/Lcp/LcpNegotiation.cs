using System.Buffers.Binary;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp.Lcp;

/// <summary>
/// The Link Control Protocol (RFC 1661 sections 5 and 6, RFC 1570 section 2), without what differs between the ends: who
/// authenticates to whom.
/// </summary>
/// <remarks>
/// Asks for a Maximum-Receive-Unit and a Magic-Number, and does without either when the peer rejects it. Takes whatever
/// character map and field compression the peer announces, for they do not change what is sent. Callback, multilink, link
/// quality and all else is rejected; Windows goes on without.
/// </remarks>
internal abstract class LcpNegotiation : NegotiatedProtocol
{
    // RFC 791 obliges every host to take datagrams of 576 octets; a peer that wants less is told so.
    private const ushort SmallestPeerMru = 576;

    // What RRAS and Windows announce, and the most that a peer's Nak is followed to: 4095 less the SSTP header.
    private const ushort LargestMru = 4091;

    // By chance two ends choose one number in 2^32 cases; three times in a row is a loop.
    private const int LoopSightings = 3;

    private const string LoopText = "the peer returns our own packets: the line is looped back";

    private const int MagicSize = sizeof(uint);

    private readonly IRandomBytes _random;

    private ushort? _mru;
    private uint _magic;
    private bool _rejectsMagic;
    private int _ownMagicSeen;
    private int _judgedMru;
    private bool _hasFailed;

    protected LcpNegotiation(LinkSettings settings, PppFrameQueue output, IRandomBytes random)
        : base(PppProtocol.Lcp, settings.Negotiation, output)
    {
        _random = random;
        _mru = settings.Mru;
        _magic = NewMagic();
    }

    /// <summary>The method that LCP agreed on; null if none was asked for.</summary>
    public abstract AuthenticationMethod? AgreedMethod { get; }

    /// <summary>This end's number in Echo packets; zero where the peer does without (RFC 1661 5.8).</summary>
    private uint Magic => _rejectsMagic ? 0 : _magic;

    /// <summary>Tells the peer that a protocol is not spoken here. Only while LCP is open (RFC 1661 5.7).</summary>
    public void RejectProtocol(PppProtocol protocol, ReadOnlySpan<byte> packet)
    {
        if (!IsOpened) return;

        var data = new byte[sizeof(ushort) + packet.Length];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)protocol);
        packet.CopyTo(data.AsSpan(sizeof(ushort)));
        Send(ControlCode.ProtocolReject, data);
    }

    protected override bool HasFailed => _hasFailed;

    protected override void Fail(LinkEndReason reason, string text)
    {
        if (_hasFailed) return;
        _hasFailed = true;
        Report(new NegotiationEvent.Failed(new LinkEnd(reason, text)));
    }

    protected override void WriteRequest(OptionWriter request)
    {
        if (_mru is { } mru) request.AddUInt16(LcpOptionType.MaximumReceiveUnit, mru);
        WriteAuthentication(request);
        if (!_rejectsMagic) request.AddUInt32(LcpOptionType.MagicNumber, _magic);
    }

    protected abstract void WriteAuthentication(OptionWriter request);

    protected override void JudgingBegins() => _judgedMru = DefaultMru;

    protected override OptionVerdict Judge(ConfigureOption option, OptionWriter nak) => (option.Type, option.Data.Length) switch
    {
        (LcpOptionType.MaximumReceiveUnit, 2) => JudgeMru(option, nak),
        (LcpOptionType.MagicNumber, MagicSize) => JudgeMagic(option, nak),
        (LcpOptionType.AsyncControlCharacterMap, 4) => OptionVerdict.Ack,
        (LcpOptionType.ProtocolFieldCompression or LcpOptionType.AddressAndControlFieldCompression, 0) => OptionVerdict.Ack,
        (LcpOptionType.AuthenticationProtocol, _) => JudgeAuthentication(option, nak),
        _ => OptionVerdict.Reject,
    };

    protected abstract OptionVerdict JudgeAuthentication(ConfigureOption option, OptionWriter nak);

    protected override void PeerRequestAcknowledged() => PeerMru = Math.Min(_judgedMru, LinkSettings.LargestPacket);

    protected override void OptionNaked(ConfigureOption option)
    {
        switch (option.Type)
        {
            // The MRU says what this end can take, and it can take anything an SSTP packet holds; so follow the peer.
            case LcpOptionType.MaximumReceiveUnit when option.Data.Length == 2 && _mru is not null:
                var wish = BinaryPrimitives.ReadUInt16BigEndian(option.Data);
                _mru = wish is >= SmallestPeerMru and <= LargestMru ? wish : null;
                break;
            case LcpOptionType.MagicNumber:
                _magic = NewMagic();
                break;
            case LcpOptionType.AuthenticationProtocol:
                AuthenticationNaked(option);
                break;
        }
    }

    protected abstract void AuthenticationNaked(ConfigureOption option);

    protected override void OptionRejected(ConfigureOption option)
    {
        switch (option.Type)
        {
            case LcpOptionType.MaximumReceiveUnit: _mru = null; break;
            case LcpOptionType.MagicNumber: _rejectsMagic = true; break;
            // Neither end of a real link is asked to prove itself by both, so an echo of our request meets our own refusal.
            case LcpOptionType.AuthenticationProtocol when _ownMagicSeen > 0:
                Fail(LinkEndReason.LoopedBack, LoopText);
                break;
            case LcpOptionType.AuthenticationProtocol:
                Fail(LinkEndReason.AuthenticationRefused, "the peer refuses to authenticate: it rejected LCP's option for it");
                break;
        }
    }

    protected override void PeerTerminates(ReadOnlySpan<byte> data) =>
        Report(new NegotiationEvent.PeerTerminated(TerminateReason.Describe(data)));

    protected override bool TryReceive(ControlPacket packet, MonotonicTime now)
    {
        switch (packet.Code)
        {
            case ControlCode.EchoRequest or ControlCode.EchoReply or ControlCode.DiscardRequest:
                Happen(PppEvent.Rxr, packet, now);
                return true;
            case ControlCode.ProtocolReject:
                ReceiveProtocolReject(packet);
                return true;
            case ControlCode.Identification:
                if (packet.Data.Length > MagicSize)
                    Report(new NegotiationEvent.Identified(PeerText.From(packet.Data[MagicSize..])));
                return true;
            case ControlCode.TimeRemaining:
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Answers whatever magic number the request carries: Open SSTP Client negotiates none and sends echoes all the same.
    /// </summary>
    protected override void SendEchoReply(ControlPacket request)
    {
        var data = new byte[Math.Max(MagicSize, request.Data.Length)];
        request.Data.CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(data, Magic);
        Send(ControlCode.EchoReply, request.Identifier, FitPeer(data));
    }

    private OptionVerdict JudgeMru(ConfigureOption option, OptionWriter nak)
    {
        _judgedMru = BinaryPrimitives.ReadUInt16BigEndian(option.Data);
        if (_judgedMru >= SmallestPeerMru) return OptionVerdict.Ack;

        nak.AddUInt16(LcpOptionType.MaximumReceiveUnit, SmallestPeerMru);
        return OptionVerdict.Nak;
    }

    private OptionVerdict JudgeMagic(ConfigureOption option, OptionWriter nak)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(option.Data);
        if (magic != 0 && magic != Magic)
        {
            _ownMagicSeen = 0;
            return OptionVerdict.Ack;
        }

        if (magic != 0 && ++_ownMagicSeen >= LoopSightings)
            Fail(LinkEndReason.LoopedBack, LoopText);

        nak.AddUInt32(LcpOptionType.MagicNumber, NewMagic());
        return OptionVerdict.Nak;
    }

    private void ReceiveProtocolReject(ControlPacket packet)
    {
        if (IsOpened && packet.Data.Length >= sizeof(ushort))
            Report(new NegotiationEvent.ProtocolRejected((PppProtocol)BinaryPrimitives.ReadUInt16BigEndian(packet.Data)));
    }

    private uint NewMagic()
    {
        Span<byte> octets = stackalloc byte[MagicSize];
        _random.Fill(octets);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(octets);
        return magic == 0 ? 1 : magic;   // zero means "none" (RFC 1661 6.4)
    }
}
