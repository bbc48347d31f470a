using System.Collections.Immutable;
using System.Net;
using Operator.Dns.Names;

namespace Operator.Dns.Providers;

/// <summary>What shall be published at a name.</summary>
/// <param name="V4">All A records there shall be; empty removes them; null leaves them as they are.</param>
/// <param name="V6">The same for AAAA.</param>
public sealed record AddressChange(
    DomainName Name, ImmutableArray<IPAddress>? V4, ImmutableArray<IPAddress>? V6, TimeSpan TimeToLive)
{
    /// <summary>The mark that goes with the records; null where ownership is not marked.</summary>
    /// <remarks>
    /// A service with <see cref="ProviderCapabilities.AtomicMarks"/> checks and writes it in the same transaction, one with
    /// <see cref="ProviderCapabilities.MarksWithChanges"/> writes it. Others ignore it:
    /// the caller writes it by <see cref="IDnsProvider.PresentTextAsync"/>, before the addresses.
    /// </remarks>
    public OwnershipMark? Mark { get; init; }

    /// <summary>The mark as a note beside each record, for services with <see cref="ProviderCapabilities.Comments"/>;
    /// null leaves notes alone.</summary>
    public string? Comment { get; init; }

    /// <summary>The name was ours, or its records were listed, a moment ago: the service may go by what it remembers of its
    /// records instead of reading them again.</summary>
    public bool MayRemember { get; init; }

    /// <summary>Every wanted address of both families.</summary>
    public IEnumerable<IPAddress> Addresses => (V4 ?? []).Concat(V6 ?? []);

    /// <summary>True when nothing is left of the families that the change names.</summary>
    public bool IsRemoval => !Addresses.Any();
}
