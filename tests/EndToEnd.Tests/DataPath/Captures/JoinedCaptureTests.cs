using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.DataPath.Captures;

[Collection(DataPathCollection.Name)]
public sealed class JoinedCaptureTests(ITestOutputHelper report) : CaptureScenario(report, offloads: null, ComparedAs.Joined)
{
    [RequiresFact("ip", "ping", "sysctl", "tcpdump", "ethtool")]
    public Task What_leaves_the_tunnel_is_what_entered_it_however_cut_and_joined() => CompareAsync();
}
