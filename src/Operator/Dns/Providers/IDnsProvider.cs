using System.Collections.Immutable;
using Operator.Dns.Names;

namespace Operator.Dns.Providers;

/// <summary>One account at one service that publishes names. Everything the operator does to a zone goes through here.</summary>
/// <remarks>
/// What the service answers is a value: every answer lands in <see cref="ProviderOutcome"/> or <see cref="ProviderListing{T}"/>,
/// malformed ones and a dead network, too. Exceptions are ours: <see cref="OperationCanceledException"/> when stopping, and
/// <see cref="NotSupportedException"/> for what <see cref="Capabilities"/> denies. An implementation sends at most one change a
/// call and never repeats one by itself; when to come back is the caller's decision. Safe for concurrent calls.
/// </remarks>
public interface IDnsProvider
{
    ProviderCapabilities Capabilities { get; }

    /// <summary>The address records (A and AAAA) published at exactly this name,
    /// from the service itself and not from a cache.</summary>
    Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping);

    /// <summary>Makes the address records at a name be the wanted ones;
    /// families that the change leaves out are not touched.</summary>
    Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping);

    /// <summary>Makes several names have the same addresses, in one request.</summary>
    /// <param name="changes">2 to <see cref="ProviderCapabilities.NamesARequest"/>,
    /// which differ in nothing but the name and its mark.</param>
    /// <returns>An outcome for each, in order; null for one about which the answer says nothing that can be relied on,
    /// so that it goes alone.</returns>
    Task<ImmutableArray<ProviderOutcome?>> ApplyTogetherAsync(
        ImmutableArray<AddressChange> changes, CancellationToken stopping) =>
        throw new NotSupportedException("one name a request");

    /// <summary>The TXT values published at exactly this name, each joined from its strings.</summary>
    Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping);

    /// <summary>Adds one TXT value beside those that are there; <see cref="ProviderOutcome.Unchanged"/>
    /// when it is there already.</summary>
    /// <remarks>Where <see cref="ProviderCapabilities.SingleText"/> is set there is room for one, and this replaces it.</remarks>
    /// <param name="value">At most 255 bytes of ASCII.</param>
    Task<ProviderOutcome> PresentTextAsync(DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping);

    /// <summary>Removes exactly this TXT value and keeps all others; <see cref="ProviderOutcome.Unchanged"/>
    /// when it is not there.</summary>
    Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping);
}
