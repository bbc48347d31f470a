namespace Operator.Gateways.Desk;

/// <summary>What came of a <see cref="DeskRequest"/>.</summary>
public sealed record DeskAnswer
{
    /// <summary>By the operator's clock.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Why nothing was done, and what to do; null when something was.</summary>
    public string? Problem { get; init; }

    /// <summary>One for each gateway that was asked for its calls.</summary>
    public IReadOnlyList<GatewayCalls> Gateways { get; init => field = value ?? []; } = [];

    /// <summary>Calls that would have made the answer too long: ask again with a filter.</summary>
    public int Omitted { get; init; }

    /// <summary>Calls that were told to end.</summary>
    public IReadOnlyList<CallReference> Ended { get; init => field = value ?? []; } = [];

    /// <summary>Calls that were not there any more, or could not be told, with the reason.</summary>
    public IReadOnlyList<string> NotEnded { get; init => field = value ?? []; } = [];
}
