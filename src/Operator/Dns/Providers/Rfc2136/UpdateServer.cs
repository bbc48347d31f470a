using DnsProtocol;
using DnsProtocol.Tsig;
using Operator.Dns.Names;
using Operator.Dns.Resolving;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>Sends signed messages to the servers that take updates and gives back replies that may be believed.</summary>
internal sealed class UpdateServer(Rfc2136Settings settings, DnsExchange exchange, TimeProvider time)
{
    /// <summary>The next server is only asked when one cannot be reached at all: what was said by one counts.</summary>
    /// <param name="make">The message with a given id, not signed.</param>
    public async Task<(DnsMessage? Reply, ProviderFailure? Failure)> SendAsync(
        Func<ushort, byte[]> make, CancellationToken stopping)
    {
        var problems = new List<string>();
        foreach (var server in settings.Servers)
        {
            var (endPoints, problem) = await ServerAddress.FindAsync(server, stopping);
            if (problem is not null) problems.Add(problem);
            foreach (var endPoint in endPoints)
            {
                var message = make(DnsExchange.NewId());
                var signed = settings.Key is { } key ? SignedRequest.Sign(message, key, time.GetUtcNow()) : null;
                var (reply, failure) = await exchange.SendAsync(endPoint, signed?.Message ?? message, stopping);
                if (failure is not null)
                {
                    problems.Add(failure);
                    continue;
                }

                var refused = signed is null ? null : UpdateFailures.OfSignature(signed, settings.Key!, reply!, time.GetUtcNow());
                return refused is null ? (reply, null) : (null, refused);
            }
        }

        return (null, new ProviderFailure(
            FailureClass.Transient,
            Http.SafeWords.From(string.Join("; ", problems), []),
            "No server for updates could be reached; they are tried again later.") { Outage = ServiceOutage.Unreachable });
    }

    /// <summary>Asks for what the server itself holds.</summary>
    /// <returns>The reply when it says what there is, or that there is nothing.</returns>
    public async Task<(DnsMessage? Reply, ProviderFailure? Failure)> QueryAsync(
        DomainName name, ushort type, CancellationToken stopping)
    {
        var (reply, failure) = await SendAsync(
            id =>
            {
                var writer = new DnsMessageWriter(id, DnsFlags.None);
                writer.Question(name.Text, type, DnsQuestion.Internet);
                return writer.ToArray();
            },
            stopping);
        if (failure is not null) return (null, failure);
        return reply!.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NameError
            ? (reply, null)
            : (null, UpdateFailures.FromCode(reply.ResponseCode, settings.Zone));
    }
}
