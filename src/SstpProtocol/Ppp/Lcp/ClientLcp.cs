using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp.Lcp;

/// <summary>LCP of the end that authenticates: takes any allowed method that the server proposes.</summary>
internal sealed class ClientLcp : LcpNegotiation
{
    private readonly IReadOnlyList<AuthenticationMethod> _methods;

    private AuthenticationMethod? _agreed;
    private AuthenticationMethod? _judged;
    private int _wishesSent;

    public ClientLcp(ClientLinkSettings settings, PppFrameQueue output, IRandomBytes random) : base(settings, output, random)
    {
        if (settings.Methods.Count == 0) throw new ArgumentException("give at least one authentication method", nameof(settings));
        _methods = settings.Methods;
    }

    public override AuthenticationMethod? AgreedMethod => _agreed;

    protected override void WriteAuthentication(OptionWriter request) { }

    protected override void JudgingBegins()
    {
        base.JudgingBegins();
        _judged = null;
    }

    protected override OptionVerdict JudgeAuthentication(ConfigureOption option, OptionWriter nak)
    {
        if (AuthenticationOption.TryRead(option.Data, out var method) && _methods.Contains(method))
        {
            _judged = method;
            return OptionVerdict.Ack;
        }

        // Each refusal names the next method, so that the server hears of all of them.
        AuthenticationOption.Write(nak, _methods[_wishesSent++ % _methods.Count]);
        return OptionVerdict.Nak;
    }

    protected override void PeerRequestAcknowledged()
    {
        base.PeerRequestAcknowledged();
        _agreed = _judged;
    }

    /// <summary>The server would have this end demand authentication; its certificate is proof enough.</summary>
    protected override void AuthenticationNaked(ConfigureOption option) { }
}
