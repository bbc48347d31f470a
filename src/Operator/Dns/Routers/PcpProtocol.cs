using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Operator.Dns.Routers;

/// <summary>PCP (RFC 6887). Only a mapping says the outside address; without one wanted
/// a short one for the discard port is made.</summary>
public sealed class PcpProtocol : IRouterProtocol
{
    private const int DiscardPort = 9;
    private const int NonceLength = 12;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(120);

    private readonly byte[] _own = RandomNumberGenerator.GetBytes(NonceLength);

    public async Task<RouterAnswer> AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping)
    {
        if (mapping is { InternalHost: not null })
            return new RouterAnswer.Refused(
                "PCP: routers forward only to the host that asks; leave out internalAddress, or allow UPnP");
        var request = mapping ?? new MappingRequest(DiscardPort, 0, Short);
        var nonce = NonceOf(request);
        if (await RouterDatagrams.AskAsync(
            new IPEndPoint(router, NatPmpMessages.Port),
            own => PcpMessages.MapRequest(request, own, nonce),
            stopping) is not { } answer)
            return new RouterAnswer.Silent($"{router} does not answer PCP");
        if (PcpMessages.TryReadMapping(answer, nonce, out var external, out var given, out var refusal))
            return new RouterAnswer.Known(external, mapping is null ? null : given);

        // A router that only knows NAT-PMP answers with its version 0.
        return answer is [0, ..]
            ? new RouterAnswer.Silent($"{router} speaks NAT-PMP only")
            : new RouterAnswer.Refused($"PCP: {refusal ?? "the answer cannot be read"}");
    }

    // Renewals and the end have to carry the nonce of their mapping (section 11.2),
    // also after a restart, or from another replica.
    private byte[] NonceOf(MappingRequest request) =>
        request.Owner is { } owner ? SHA256.HashData(Encoding.UTF8.GetBytes($"PCP mapping of {owner}"))[..NonceLength] : _own;
}
