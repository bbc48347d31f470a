using System.Net;

namespace Operator.Dns.Sources;

/// <summary>Addresses that are known when a pass begins: written down, or read from nodes,
/// a Service, a VpnGateway or a report.</summary>
/// <param name="addresses">As they stand.</param>
/// <param name="allowed">Null when the user wrote the addresses down and so means them.</param>
/// <param name="whenNone">What it means that there are none, and what to do.</param>
public sealed class FixedSource(AddressSet addresses, IReadOnlyList<IPNetwork>? allowed, string whenNone) : IAddressSource
{
    public bool IsAuthoritative => true;

    public Task<SourceReading> ReadAsync(CancellationToken stopping) => Task.FromResult(Read());

    private SourceReading Read()
    {
        if (addresses.IsEmpty) return new SourceReading.Failed(whenNone);
        if (allowed is null) return new SourceReading.Found(addresses);

        var objections = addresses.All.Select(address => PublicAddress.Objection(address, allowed)).OfType<string>().ToArray();
        var usable = new AddressSet(addresses.All.Where(address => PublicAddress.Objection(address, allowed) is null));
        return usable.IsEmpty
            ? new SourceReading.Unsure(
                "NotPublic",
                $"{string.Join("; ", objections)}. Name the network in spec.source.allowedRanges if it shall be published.")
            : new SourceReading.Found(usable, objections.Length > 0 ? string.Join("; ", objections) : null);
    }
}
