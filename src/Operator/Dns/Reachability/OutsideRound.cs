using System.Collections.Immutable;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Reachability;

/// <summary>What all points outside saw.</summary>
/// <param name="Of">The addresses that were published when they looked.</param>
public sealed record OutsideRound(AddressSet Of, int Port, ImmutableArray<OutsideLook> Looks, ImmutableArray<NameLook> Names)
{
    /// <summary>For the status: one entry a point.</summary>
    public IReadOnlyList<OutsideFinding> Findings() =>
    [
        .. Looks.GroupBy(look => look.Point).Select(looks => new OutsideFinding
        {
            Point = looks.Key,
            Reached = new AddressSet(looks.Where(look => look.IsReached == true).Select(look => look.Address)).Texts,
            NotReached = new AddressSet(looks.Where(look => look.IsReached == false).Select(look => look.Address)).Texts,
            LedTo = Names.FirstOrDefault(name => name.Point == looks.Key)?.LedTo.Texts ?? [],
            Message = looks.Select(look => look.Problem ?? (look.Stranger is { } stranger
                ? $"{look.Address} shows a certificate for {stranger}"
                : null)).FirstOrDefault(text => text is not null) is { } words
                ? words.Length <= 512 ? words : words[..511] + "…"
                : null,
        }),
    ];
}
