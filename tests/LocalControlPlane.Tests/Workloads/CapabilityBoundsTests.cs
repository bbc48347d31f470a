using LocalControlPlane.Tests.Schemas;
using LocalControlPlane.Workloads.Processes;

namespace LocalControlPlane.Tests.Workloads;

public class CapabilityBoundsTests
{
    [Theory]
    [InlineData("""{}""", false, "")]
    [InlineData("""{"securityContext":{"capabilities":{"add":["NET_ADMIN"]}}}""", false, "")]
    [InlineData("""{"securityContext":{"capabilities":{"drop":["ALL"]}}}""", false, "--bounding-set=-all --inh-caps=-all")]
    [InlineData("""{"securityContext":{"capabilities":{"drop":["ALL"],"add":["NET_ADMIN","CAP_NET_BIND_SERVICE"]}}}""", false,
        "--bounding-set=-all,+net_admin,+net_bind_service --inh-caps=-all")]
    [InlineData("""{"securityContext":{"capabilities":{"drop":["ALL"],"add":["NET_ADMIN"]}}}""", true,
        "--bounding-set=-all,+net_admin,+dac_read_search --inh-caps=-all")]
    [InlineData("""{"securityContext":{"allowPrivilegeEscalation":false}}""", false, "--no-new-privs")]
    [InlineData("""{"securityContext":{"allowPrivilegeEscalation":true}}""", false, "")]
    public void Only_what_is_dropped_is_taken_away(string container, bool isHidden, string expected) =>
        Assert.Equal(expected, string.Join(' ', CapabilityBounds.Arguments(Read.Object(container), isHidden).Skip(1)));
}
