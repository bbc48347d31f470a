namespace EndToEnd.Tests.Cluster;

/// <summary>What <c>./test --long</c> does at full length.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("SSTP_TEST_LONG") is { Length: > 0 };
}
