using System.Net;
using System.Security.Cryptography;

namespace Operator.Dns.Routers;

/// <summary>PCP (RFC 6887). Only a mapping says the outside address; without one wanted a short one for the discard port is made.</summary>
public sealed class PcpProtocol : IRouterProtocol
{
    private const int DiscardPort = 9;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(120);

    // One for the life of the process: a renewal has to carry the nonce of its mapping.
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(12);

    public async Task<RouterAnswer> AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping)
    {
        var request = mapping ?? new MappingRequest(DiscardPort, 0, Short);
        if (await RouterDatagrams.AskAsync(new IPEndPoint(router, NatPmpMessages.Port), own => PcpMessages.MapRequest(request, own, _nonce), stopping) is not { } answer)
            return new RouterAnswer.Silent($"{router} does not answer PCP");
        if (PcpMessages.TryReadMapping(answer, _nonce, out var external, out var given, out var refusal)) return new RouterAnswer.Known(external, mapping is null ? null : given);

        // A router that only knows NAT-PMP answers with its version 0.
        return answer is [0, ..] ? new RouterAnswer.Silent($"{router} speaks NAT-PMP only") : new RouterAnswer.Refused($"PCP: {refusal ?? "the answer cannot be read"}");
    }
}
