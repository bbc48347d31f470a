using System.Globalization;

namespace Fuzz.Engine;

/// <summary>How much to do, from the environment.</summary>
/// <param name="Inputs">FUZZ_INPUTS: inputs a target; default 200,000.</param>
/// <param name="Seed">FUZZ_SEED: where the random numbers start; default 1, so that every run of the gate is the same.</param>
/// <param name="Target">FUZZ_TARGET: only targets whose name contains this; null for all.</param>
/// <param name="Crashes">FUZZ_CRASHES: a folder where inputs that broke something are written; null for none.</param>
public sealed record FuzzOptions(int Inputs, ulong Seed, string? Target, string? Crashes)
{
    public static FuzzOptions FromEnvironment() => new(
        Read("FUZZ_INPUTS") is { } inputs ? int.Parse(inputs, CultureInfo.InvariantCulture) : 200_000,
        Read("FUZZ_SEED") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : 1,
        Read("FUZZ_TARGET"),
        Read("FUZZ_CRASHES"));

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
