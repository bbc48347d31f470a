namespace SstpGateway.Tests.Dns;

/// <summary>Needs Debian's dig (dnsutils). Where it is missing the test is skipped with the reason;
/// in CI, which installs it, it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DigFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/dig";

    public DigFactAttribute()
    {
        if (!File.Exists(Program) && Environment.GetEnvironmentVariable("CI") is null or "")
            Skip = "dig is not installed (dnsutils)";
    }
}
