using Operator.Dns.Names;
using Operator.Dns.Ownership;
using Operator.Dns.Providers;
using MarkKind = Operator.Resources.DdnsRecords.OwnershipMark;

namespace Operator.Dns.Records;

/// <summary>The mark of one record at one service: read before a change, written with it, removed at the end.</summary>
/// <param name="value">Of our mark.</param>
public sealed class NameOwnership(IDnsProvider provider, DomainName name, string value, MarkKind wanted)
{
    /// <summary>The kind of mark that the service allows. Where TXT is single it is left to certificates.</summary>
    private readonly MarkKind _kind = wanted switch
    {
        MarkKind.None => MarkKind.None,
        MarkKind.Comment when provider.Capabilities is { Comments: true, CanList: true } => MarkKind.Comment,
        _ =>
            provider.Capabilities is { Text: true, SingleText: false, CanList: true } && OwnerMark.PlaceFor(name) is not null
                ? MarkKind.Txt
                : MarkKind.None,
    };

    /// <summary>The change as it is sent without a look before; null when whose the name is must be read first.</summary>
    /// <param name="isKnownOurs">The mark was ours a moment ago; the service looks whether it still is.</param>
    public AddressChange? Unseen(AddressChange change, bool isKnownOurs) =>
        _kind == MarkKind.None ? change : isKnownOurs ? Remembering(change) : null;

    /// <summary>Makes the change if the name is ours, free, or to be taken over.</summary>
    /// <param name="isKnownOurs">The mark was ours a moment ago, and nobody has touched the addresses since:
    /// then the change is one call.</param>
    /// <returns>Null with a refusal when it is somebody's.</returns>
    public async Task<(ProviderOutcome? Outcome, OwnershipVerdict.Refused? Refusal)> ApplyAsync(
        AddressChange change, bool adopt, bool isKnownOurs, CancellationToken stopping)
    {
        if (_kind == MarkKind.None) return (await provider.ApplyAddressesAsync(change, stopping), null);

        if (isKnownOurs)
        {
            var outcome = await provider.ApplyAddressesAsync(Remembering(change), stopping);

            // The mark is not ours any more: whose it is decides.
            if (outcome.FailureOrNull?.Class != FailureClass.Config) return (outcome, null);
        }

        var listing = await provider.ListAddressesAsync(name, stopping);
        if (listing is ProviderListing<PublishedAddress>.Failed unlisted)
            return (new ProviderOutcome.Failed(unlisted.Failure), null);
        var there = ((ProviderListing<PublishedAddress>.Found)listing).Items;

        var (marks, failure) = await ReadMarksAsync(there, stopping);
        if (failure is not null) return (new ProviderOutcome.Failed(failure), null);

        var verdict = OwnershipPlan.Decide(marks!, value, !there.IsEmpty, adopt);
        if (verdict is OwnershipVerdict.Refused refused) return (null, refused);
        if (_kind == MarkKind.Comment)
            return (await provider.ApplyAddressesAsync(change with { Comment = value }, stopping), null);

        return (await ApplyWithTextAsync(change, verdict, marks!, stopping), null);
    }

    /// <summary>Removes addresses, or gives them other ones, and removes the mark;
    /// leaves everything when the name is not ours.</summary>
    /// <param name="leave">What shall stand there afterwards; null leaves the addresses as they are.</param>
    /// <returns>Null outcome when there was nothing of ours.</returns>
    public async Task<ProviderOutcome?> ReleaseAsync(AddressChange? leave, CancellationToken stopping)
    {
        if (_kind == MarkKind.None)
            return leave is null || (leave.IsRemoval && !provider.Capabilities.CanDelete)
                ? null
                : await provider.ApplyAddressesAsync(leave, stopping);

        var listing = await provider.ListAddressesAsync(name, stopping);
        if (listing is ProviderListing<PublishedAddress>.Failed unlisted) return new ProviderOutcome.Failed(unlisted.Failure);
        var (marks, failure) = await ReadMarksAsync(((ProviderListing<PublishedAddress>.Found)listing).Items, stopping);
        if (failure is not null) return new ProviderOutcome.Failed(failure);
        if (!marks!.Contains(value)) return null;

        if (leave is not null && await provider.ApplyAddressesAsync(
            _kind == MarkKind.Comment ? leave with { Comment = "" } : leave,
            stopping) is ProviderOutcome.Failed failed) return failed;
        return _kind == MarkKind.Txt
            ? await provider.RemoveTextAsync(OwnerMark.PlaceFor(name)!, value, stopping)
            : new ProviderOutcome.Applied("released");
    }

    private AddressChange Remembering(AddressChange change) => _kind == MarkKind.Comment
        ? change with { MayRemember = true, Comment = value }
        : change with { MayRemember = true, Mark = new OwnershipMark(OwnerMark.PlaceFor(name)!, value, MarkExpectation.Ours) };

    private async Task<ProviderOutcome> ApplyWithTextAsync(
        AddressChange change, OwnershipVerdict verdict, IReadOnlyCollection<string> marks, CancellationToken stopping)
    {
        var place = OwnerMark.PlaceFor(name)!;
        var expectation = verdict switch
        {
            OwnershipVerdict.Ours => MarkExpectation.Ours,
            OwnershipVerdict.Free => MarkExpectation.Free,
            _ => MarkExpectation.Anything,
        };
        var marked = change with { Mark = new OwnershipMark(place, value, expectation) };
        if (provider.Capabilities.AtomicMarks) return await provider.ApplyAddressesAsync(marked, stopping);
        if (provider.Capabilities.MarksWithChanges)
            return await provider.ApplyAddressesAsync(marked with { MayRemember = true }, stopping);

        // The mark first: addresses without one would be foreign to us after a crash.
        if (expectation == MarkExpectation.Anything)
            foreach (var other in marks.Where(mark => OwnerMark.ReadOwner(mark) is not null))
                if (await provider.RemoveTextAsync(place, other, stopping) is ProviderOutcome.Failed removal) return removal;
        if (expectation != MarkExpectation.Ours
            && await provider.PresentTextAsync(place, value, change.TimeToLive, stopping) is ProviderOutcome.Failed failed)
            return failed;
        return await provider.ApplyAddressesAsync(marked, stopping);
    }

    private async Task<(IReadOnlyCollection<string>? Marks, ProviderFailure? Failure)> ReadMarksAsync(
        IReadOnlyList<PublishedAddress> there, CancellationToken stopping)
    {
        if (_kind == MarkKind.Comment) return ([.. there.Select(address => address.Comment).OfType<string>()], null);
        return await provider.ListTextAsync(OwnerMark.PlaceFor(name)!, stopping) switch
        {
            ProviderListing<string>.Found found => (found.Items, null),
            ProviderListing<string>.Failed failed => (null, failed.Failure),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
