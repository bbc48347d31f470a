using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.DataPath.Captures;

[Collection(DataPathCollection.Name)]
public sealed class ExactCaptureTests(ITestOutputHelper report) : CaptureScenario(report, offloads: "none", ComparedAs.Exact)
{
    [RequiresFact("ip", "ping", "sysctl", "tcpdump", "ethtool")]
    public Task What_leaves_the_tunnel_without_offloads_is_what_entered_it_packet_by_packet() => CompareAsync();
}
