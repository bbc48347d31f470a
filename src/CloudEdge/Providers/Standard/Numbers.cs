using CloudEdge.Programs;

namespace CloudEdge.Providers.Standard;

/// <summary>Numbers out of texts: Hetzner's resources have their identity as text and want it as a number.</summary>
internal static class Numbers
{
    public static Output<long> Parse(Output<string> text) =>
        Invoke.Function<long>("std:index:parseint", new ParseArguments { Input = text, Base = 10 }, "result");

    private sealed record ParseArguments
    {
        public required Input<string> Input { get; init; }
        public int? Base { get; init; }
    }
}
