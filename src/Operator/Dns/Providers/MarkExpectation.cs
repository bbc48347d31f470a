namespace Operator.Dns.Providers;

/// <summary>What a change relies on about the mark.</summary>
public enum MarkExpectation
{
    /// <summary>The mark is there with our value.</summary>
    Ours,

    /// <summary>There is no mark, and no address at the name: the name is free.</summary>
    Free,

    /// <summary>Whatever is there is taken over: <c>adopt: true</c>.</summary>
    Anything,
}
