using LocalControlPlane.Workloads.Controllers;

namespace LocalControlPlane.Tests.Workloads;

public class PodSchedulerTests
{
    private const string OnPort443 = """{"hostNetwork":true,"containers":[{"name":"c","ports":[{"containerPort":443}]}]}""";

    [Fact]
    public void Two_pods_on_one_port_do_not_fit_and_the_reason_names_both()
    {
        var objection = PodScheduler.Objection(Given.Pod("b", OnPort443), Given.Node(), [Given.Pod("a", OnPort443)]);
        Assert.Equal(
            "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports: "
            + "443/TCP is taken by pod vpn/a",
            objection);
    }

    [Fact]
    public void The_same_number_of_another_protocol_fits() => Assert.Null(PodScheduler.Objection(
        Given.Pod("b", """{"hostNetwork":true,"containers":[{"name":"c","ports":[{"containerPort":443,"protocol":"UDP"}]}]}"""),
        Given.Node(), [Given.Pod("a", OnPort443)]));

    [Theory]
    [InlineData("""{"containers":[]}""", "set hostNetwork: true")]
    [InlineData("""{"hostNetwork":true,"nodeSelector":{"role":"gw"}}""", "node affinity/selector")]
    [InlineData("""{"hostNetwork":true,"initContainers":[{"name":"i"}]}""", "runs no init containers")]
    public void What_the_node_cannot_do_is_said(string spec, string objection) =>
        Assert.Contains(objection, PodScheduler.Objection(Given.Pod("p", spec), Given.Node(), []), StringComparison.Ordinal);

    [Fact]
    public void Required_anti_affinity_keeps_a_second_pod_waiting()
    {
        const string apart = """
            {"hostNetwork":true,"containers":[],"affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[
              {"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchExpressions":[{"key":"app","operator":"In","values":["gw"]}]}}]}}}
            """;
        var first = Given.Pod("a", apart);
        first["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["app"] = "gw" };
        Assert.Contains(
            "anti-affinity", PodScheduler.Objection(Given.Pod("b", apart), Given.Node(), [first]), StringComparison.Ordinal);
        Assert.Null(PodScheduler.Objection(first, Given.Node(), [first]));
    }
}
