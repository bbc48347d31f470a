using Xunit;

namespace TestSupport.Prerequisites;

/// <summary>A fact that makes a network namespace of its own, for which it needs root. Skipped without, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        var inCi = Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
        if (!Environment.IsPrivilegedProcess && !inCi) Skip = "needs root to make a network namespace; run ./test";
    }
}
