using System.Net;

namespace Operator.Dns.Routers;

/// <summary>NAT-PMP (RFC 6886).</summary>
public sealed class NatPmpProtocol : IRouterProtocol
{
    public async Task<RouterAnswer> AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping)
    {
        if (mapping is { InternalHost: not null })
            return new RouterAnswer.Refused(
                "NAT-PMP: it forwards only to the host that asks; leave out internalAddress, or allow UPnP");
        var server = new IPEndPoint(router, NatPmpMessages.Port);
        if (await RouterDatagrams.AskAsync(server, _ => NatPmpMessages.AddressRequest(), stopping) is not { } answer)
            return new RouterAnswer.Silent($"{router} does not answer NAT-PMP");
        if (!NatPmpMessages.TryReadAddress(answer, out var external, out var refusal))
            return new RouterAnswer.Refused($"NAT-PMP: {refusal ?? "the answer cannot be read"}");
        if (mapping is null) return new RouterAnswer.Known(external, null);

        if (await RouterDatagrams.AskAsync(server, _ => NatPmpMessages.MapRequest(mapping), stopping) is not { } mapped)
            return new RouterAnswer.Silent($"{router} does not answer the request for a mapping");
        return NatPmpMessages.TryReadMapping(mapped, out var given, out refusal)
            ? new RouterAnswer.Known(external, given)
            : new RouterAnswer.Refused($"NAT-PMP: {refusal ?? "the answer cannot be read"}");
    }
}
