using Xunit;

namespace TestSupport.Prerequisites;

/// <summary>A fact of <c>./test --long</c>, which installs whatever it needs and runs as root; skipped elsewhere,
/// for the gate's minutes are counted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("SSTP_TEST_LONG") is not { Length: > 0 })
            Skip = "takes long; ./test --long runs it";
    }
}
