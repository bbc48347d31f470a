using System.ComponentModel.DataAnnotations;
using Operator.Resources.Schemas;

namespace Operator.Resources.SstpCertificates;

/// <summary>What is asked before the CA is, so that no attempt is wasted.</summary>
public sealed record PropagationCheck
{
    /// <summary><c>Authoritative</c>: all servers of the zone. <c>Resolvers</c>: only <c>servers</c>. <c>Wait</c>:
    /// nobody, only <c>settle</c> is waited for. <c>Off</c>: neither.</summary>
    public PropagationCheckMode Mode { get; init; } = PropagationCheckMode.Authoritative;

    /// <summary>For <c>Resolvers</c>: whom to ask. For <c>Authoritative</c>: the servers when they cannot be found from here,
    /// as with split-horizon DNS.</summary>
    [UniqueItems, MaxLength(16), Form(TextForm.HostPort)]
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Wait after the last good answer, before the CA is asked.</summary>
    [DurationBounds("0s", "1h")]
    public GoDuration Settle { get; init; } = new("10s");

    /// <summary>How long good answers are waited for.</summary>
    [DurationBounds("10s", "24h")]
    public GoDuration Deadline { get; init; } = new("15m");
}
