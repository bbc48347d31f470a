using System.Diagnostics.CodeAnalysis;

namespace Fuzz.Engine;

/// <summary>What must hold after any input. Costs nothing while it does.</summary>
public static class Oracle
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition) throw new OracleException(what);
    }

    /// <summary>What was read lies within what it was read from.</summary>
    public static void Within(ReadOnlySpan<byte> input, ReadOnlySpan<byte> part, string what)
    {
        if (part.IsEmpty) return;
        Holds(input.Overlaps(part, out var offset) && offset >= 0 && offset + part.Length <= input.Length, what);
    }
}
