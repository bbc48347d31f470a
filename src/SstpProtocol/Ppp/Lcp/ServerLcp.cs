using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Ppp.Lcp;

/// <summary>
/// LCP of the end that demands authentication: proposes methods and follows the peer's wish where it is allowed.
/// </summary>
internal sealed class ServerLcp : LcpNegotiation
{
    // A peer that asks three times for what it cannot have will not change its mind.
    private const int MaxForbiddenWishes = 3;

    private readonly IReadOnlyList<AuthenticationMethod> _methods;
    private readonly HashSet<AuthenticationMethod> _proposed = [];

    private AuthenticationMethod _proposal;
    private int _forbiddenWishes;

    public ServerLcp(ServerLinkSettings settings, PppFrameQueue output, IRandomBytes random) : base(settings, output, random)
    {
        if (settings.Methods.Count == 0) throw new ArgumentException("give at least one authentication method", nameof(settings));
        _methods = settings.Methods;
        _proposal = _methods[0];
    }

    public override AuthenticationMethod? AgreedMethod => _proposal;

    protected override void WriteAuthentication(OptionWriter request)
    {
        _proposed.Add(_proposal);
        AuthenticationOption.Write(request, _proposal);
    }

    /// <summary>The peer wants this end to authenticate to it; the server proves itself by its certificate.</summary>
    protected override OptionVerdict JudgeAuthentication(ConfigureOption option, OptionWriter nak) => OptionVerdict.Reject;

    protected override void AuthenticationNaked(ConfigureOption option)
    {
        if (AuthenticationOption.TryRead(option.Data, out var wish) && _methods.Contains(wish))
        {
            _proposal = wish;
            return;
        }

        // pppd without EAP asks for CHAP-MD5 although MS-CHAPv2 would do as well, so try what was not proposed yet.
        _forbiddenWishes++;
        var untried = _methods.Where(method => !_proposed.Contains(method)).ToArray();
        if (untried.Length > 0) _proposal = untried[0];
        else if (_forbiddenWishes >= MaxForbiddenWishes)
        {
            Fail(
                LinkEndReason.NoCommonAuthenticationMethod,
                $"no authentication method in common: allowed here is {string.Join(", ", _methods)}; "
                    + $"the peer asks for {AuthenticationOption.Describe(option.Data)}");
        }
    }
}
