using System.Collections.Immutable;
using System.Net;
using DnsProtocol;
using DnsProtocol.Updates;
using Operator.Dns.Names;
using Operator.Dns.Resolving;

namespace Operator.Dns.Providers.Rfc2136;

/// <summary>DNS UPDATE, signed with TSIG: conditions and changes are one transaction at the server.</summary>
public sealed class Rfc2136Provider(Rfc2136Settings settings, DnsExchange exchange, TimeProvider time) : IDnsProvider
{
    /// <summary>Usually some 15 KiB; and no more than so many must go once more when one of them is refused.</summary>
    private const int MostNames = 50;

    /// <summary>What goes over TCP (RFC 1035 4.2.2), with room for the signature.</summary>
    private const int LongestUpdate = ushort.MaxValue - 1024;

    private readonly UpdateServer _server = new(settings, exchange, time);
    private readonly UpdateZones _zones = new(settings, exchange, time);

    public ProviderCapabilities Capabilities { get; } = new()
    {
        CanList = true,
        CanDelete = true,
        ManyAddresses = true,
        PartialUpdates = true,
        Text = true,
        AtomicMarks = true,
        NamesARequest = MostNames,
    };

    public async Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping)
    {
        var found = ImmutableArray.CreateBuilder<PublishedAddress>();
        foreach (var type in (ushort[])[DnsRecordType.A, DnsRecordType.Aaaa])
        {
            var (reply, failure) = await _server.QueryAsync(name, type, stopping);
            if (failure is not null) return new ProviderListing<PublishedAddress>.Failed(failure);
            foreach (var record in Own(reply!, name, type))
                if (reply!.TryReadAddress(record, out var address))
                    found.Add(new PublishedAddress(address, TimeSpan.FromSeconds(record.EffectiveTtl)));
        }

        return new ProviderListing<PublishedAddress>.Found(found.ToImmutable());
    }

    public async Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping)
    {
        var (reply, failure) = await _server.QueryAsync(name, DnsRecordType.Txt, stopping);
        if (failure is not null) return new ProviderListing<string>.Failed(failure);

        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var record in Own(reply!, name, DnsRecordType.Txt))
            if (reply!.TryReadText(record, out var text)) found.Add(text);
        return new ProviderListing<string>.Found(found.ToImmutable());
    }

    public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping) =>
        UpdateAsync(change.Name, update => Put(update, change), stopping);

    /// <remarks>The server does all of it or nothing (RFC 2136 3.2, 3.4.2), and does not say whom it means when it does not.
    /// Those that are not in the zone of the first go alone, and all when the message would be too long.</remarks>
    public async Task<ImmutableArray<ProviderOutcome?>> ApplyTogetherAsync(
        ImmutableArray<AddressChange> changes, CancellationToken stopping)
    {
        var (zone, failure) = await _zones.FindAsync(changes[0].Name, stopping);
        if (failure is not null)
            return [.. changes.Select(_ => failure.Outage == ServiceOutage.None ? null : new ProviderOutcome.Failed(failure))];

        var found = await Task.WhenAll(changes.Skip(1).Select(change => _zones.FindAsync(change.Name, stopping)));
        bool[] isHere = [true, .. found.Select(other => other.Zone == zone)];
        var update = new DnsUpdate(zone!.Text);
        foreach (var change in changes.Where((_, i) => isHere[i])) Put(update, change);
        var outcome = update.ToMessage(0).Length <= LongestUpdate ? await SendAsync(update, zone, stopping) : null;
        if (outcome?.FailureOrNull is { Outage: ServiceOutage.None })
        {
            foreach (var change in changes) _zones.Forget(change.Name);
            outcome = null;
        }

        return [.. isHere.Select(here => here ? outcome : null)];
    }

    public Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping) =>
        UpdateAsync(
            name,
            update => update.Add(name.Text, DnsRecordType.Txt, (uint)timeToLive.TotalSeconds, DnsMessageWriter.TextData(value)),
            stopping);

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping) => UpdateAsync(
        name, update => update.DeleteRecord(name.Text, DnsRecordType.Txt, DnsMessageWriter.TextData(value)), stopping);

    private static void Put(DnsUpdate update, AddressChange change)
    {
        if (change.Mark is { } mark) Mark(update, change, mark);
        Replace(update, change, DnsRecordType.A, change.V4);
        Replace(update, change, DnsRecordType.Aaaa, change.V6);
    }

    private static void Mark(DnsUpdate update, AddressChange change, OwnershipMark mark)
    {
        var value = DnsMessageWriter.TextData(mark.Value);
        switch (mark.Expectation)
        {
            case MarkExpectation.Ours:
                update.RequireRecord(mark.Name.Text, DnsRecordType.Txt, value);
                break;
            case MarkExpectation.Free:
                update.RequireNoSet(mark.Name.Text, DnsRecordType.Txt);
                update.RequireNoSet(change.Name.Text, DnsRecordType.A);
                update.RequireNoSet(change.Name.Text, DnsRecordType.Aaaa);
                break;
            default:
                update.DeleteSet(mark.Name.Text, DnsRecordType.Txt);
                break;
        }

        if (change.IsRemoval) update.DeleteRecord(mark.Name.Text, DnsRecordType.Txt, value);
        else update.Add(mark.Name.Text, DnsRecordType.Txt, (uint)change.TimeToLive.TotalSeconds, value);
    }

    private static void Replace(DnsUpdate update, AddressChange change, ushort type, ImmutableArray<IPAddress>? wanted)
    {
        if (wanted is not { } addresses) return;

        update.DeleteSet(change.Name.Text, type);
        foreach (var address in addresses)
            update.Add(change.Name.Text, type, (uint)change.TimeToLive.TotalSeconds, address.GetAddressBytes());
    }

    private async Task<ProviderOutcome> UpdateAsync(DomainName name, Action<DnsUpdate> fill, CancellationToken stopping)
    {
        var (zone, failure) = await _zones.FindAsync(name, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);

        var update = new DnsUpdate(zone!.Text);
        fill(update);
        var outcome = await SendAsync(update, zone, stopping);
        if (outcome.FailureOrNull is not null) _zones.Forget(name);
        return outcome;
    }

    private async Task<ProviderOutcome> SendAsync(DnsUpdate update, DomainName zone, CancellationToken stopping)
    {
        var (reply, failure) = await _server.SendAsync(update.ToMessage, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);
        return reply!.ResponseCode == DnsResponseCode.NoError
            ? new ProviderOutcome.Applied("NOERROR")
            : new ProviderOutcome.Failed(UpdateFailures.FromCode(reply.ResponseCode, zone));
    }

    private static IEnumerable<DnsRecord> Own(DnsMessage reply, DomainName name, ushort type) =>
        reply.In(DnsSection.Answer).Where(record => record.Type == type && reply.OwnerOf(record) == name.Text);
}
