using System.Collections.Concurrent;
using DnsProtocol;
using Operator.Dns.Names;
using Operator.Dns.Resolving;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>Which of a server's zones a name is in: the server is asked, for each name by itself.</summary>
/// <remarks>
/// That another name is in a zone above says nothing: the server may hold a zone below it, and takes a change of the upper one
/// for a name in the lower one without a word (RFC 2136 knows no delegation), where nobody will ever see it.
/// </remarks>
internal sealed class UpdateZones(Rfc2136Settings settings, DnsExchange exchange, TimeProvider time)
{
    /// <summary>Names whose zone is known go into one message without a question. A new zone cut is noticed after so long, or as
    /// soon as the server refuses a change.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly UpdateServer _server = new(settings, exchange, time);
    private readonly ConcurrentDictionary<DomainName, (DomainName Zone, DateTimeOffset Until)> _known = new();

    /// <summary>A change of the name was not taken: where it belongs is looked up anew.</summary>
    public void Forget(DomainName name) => _known.TryRemove(name, out _);

    public async Task<(DomainName? Zone, ProviderFailure? Failure)> FindAsync(DomainName name, CancellationToken stopping)
    {
        if (settings.Zone is { } given)
            return name.IsWithin(given)
                ? (given, null)
                : (null, new ProviderFailure(
                    FailureClass.Config, $"{name} is not in the zone {given}",
                    "Correct spec.provider.rfc2136.zone or spec.fqdn."));
        if (_known.TryGetValue(name, out var known) && time.GetUtcNow() < known.Until) return (known.Zone, null);

        var (zone, failure) = await AskAsync(name, stopping);
        if (zone is not null) _known[name] = (zone, time.GetUtcNow() + KeptFor);
        return (zone, failure);
    }

    // Mostly the first answer tells: a server says that there is nothing with the SOA of the zone where it is not (RFC 2308 3).
    // An alias, or a server that leaves it out, makes it necessary to climb until a name has an SOA of its own.
    private async Task<(DomainName? Zone, ProviderFailure? Failure)> AskAsync(DomainName name, CancellationToken stopping)
    {
        DomainName? delegated = null;
        for (var candidate = name.IsWildcard ? name.Parent : name; candidate is not null; candidate = candidate.Parent)
        {
            var (reply, failure) = await _server.QueryAsync(candidate, DnsRecordType.Soa, stopping);

            // A name above all of the server's zones is refused by most servers: it says as much as an empty answer.
            if (failure is { Words: "REFUSED" } && candidate != name) break;
            if (failure is not null) return (null, failure);

            if (ZoneOf(reply!, candidate) is { } zone)
                return delegated is not null && delegated != zone && delegated.IsWithin(zone)
                    ? (null, new ProviderFailure(
                        FailureClass.Config, $"{delegated} is delegated to other servers",
                        $"{name} is not in the zone {zone} of this server. "
                        + $"Give a server of the zone {delegated}, or take the delegation out."))
                    : (zone, null);

            delegated ??= Above(reply!, DnsSection.Authority, DnsRecordType.Ns, candidate);
        }

        return (null, new ProviderFailure(
            FailureClass.Config, $"no zone for {name}",
            "The server holds no zone with this name. Give the zone, or another server."));
    }

    private static DomainName? ZoneOf(DnsMessage reply, DomainName name)
    {
        // Behind an alias, the SOA may be that of where it leads.
        var answer = reply.In(DnsSection.Answer).ToArray();
        if (answer.Length == 0) return Above(reply, DnsSection.Authority, DnsRecordType.Soa, name);
        return answer.Any(record => record.Type == DnsRecordType.Soa && reply.OwnerOf(record) == name.Text) ? name : null;
    }

    /// <summary>The owner of the first record of a type whose owner is the name or above it.</summary>
    private static DomainName? Above(DnsMessage reply, DnsSection section, ushort type, DomainName name)
    {
        foreach (var record in reply.In(section))
            if (record.Type == type && DomainName.TryParse(reply.OwnerOf(record), out var owner) && name.IsWithin(owner))
                return owner;
        return null;
    }
}
