namespace Operator.Tests.Deploy;

/// <summary>A fact that needs helm and kubectl; skipped where one is missing, except in CI and under ./test.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute()
    {
        var mustRun = Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 };
        if ((Helm.Path is null || Kubectl.Path is null) && !mustRun)
            Skip = "SSTP_HELM or SSTP_KUBECTL names no program; ./test fetches both";
    }
}
