using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.DdnsRecords;

/// <summary>Web services that answer with the address they see. A majority must agree.</summary>
[Rule("self.quorum <= self.asked", "quorum is more than asked: so many services are not asked")]
public sealed record WebSource
{
    /// <summary>Services asked over IPv4. Left out: a built-in choice of independent ones.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.HttpUrl)]
    public IReadOnlyList<string> Urls4 { get; init; } = [];

    /// <summary>Services asked over IPv6. Left out: a built-in choice of independent ones.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.HttpUrl)]
    public IReadOnlyList<string> Urls6 { get; init; } = [];

    /// <summary>Services asked in one round for each address family.</summary>
    [Range(1, 16)]
    public int Asked { get; init; } = 3;

    /// <summary>Equal answers that make an address.</summary>
    [Range(1, 16)]
    public int Quorum { get; init; } = 2;

    /// <summary>Patience with one service.</summary>
    [DurationBounds("1s", "60s")]
    public GoDuration Timeout { get; init; } = new("10s");
}
