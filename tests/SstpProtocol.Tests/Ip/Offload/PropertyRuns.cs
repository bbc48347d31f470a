namespace SstpProtocol.Tests.Ip.Offload;

/// <summary>How many random cases a property is tried on: some in the gate, millions with <c>./test --long</c>.</summary>
internal static class PropertyRuns
{
    public static int Of(int gate, int full) => Environment.GetEnvironmentVariable("SSTP_TEST_LONG") == "1" ? full : gate;
}
