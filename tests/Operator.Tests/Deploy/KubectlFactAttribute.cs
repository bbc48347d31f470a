namespace Operator.Tests.Deploy;

/// <summary>A fact that needs kubectl; skipped where there is none, except in CI and under ./test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        var mustRun = Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 };
        if (Kubectl.Path is null && !mustRun) Skip = "SSTP_KUBECTL names no kubectl; ./test fetches one";
    }
}
