namespace LocalControlPlane.Tests.Kubectl;

/// <summary>A fact that needs kubectl 1.28 or newer. ./test provides one;
/// elsewhere the fact is skipped when there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (KubectlUnderTest.Program is null && !IsSet("CI") && !IsSet("SSTP_TEST_LEDGER"))
            Skip = "there is no kubectl 1.28 or newer; ./test fetches one";
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
