using System.Text.Json.Nodes;
using LocalControlPlane.Tests.Schemas;
using LocalControlPlane.Workloads;
using LocalControlPlane.Workloads.Pods;
using LocalControlPlane.Workloads.Processes;
using LocalControlPlane.Workloads.Volumes;

namespace LocalControlPlane.Tests.Workloads;

public class ContainerPreparationTests
{
    private static readonly RunnerOptions Options = new("/data")
    {
        Programs = new Dictionary<string, ProgramCommand> { ["registry.example:5000/gw"] = new("/opt/gw", ["serve"]) },
    };

    private static readonly Dictionary<(string, string), JsonObject> Objects = new()
    {
        [("Secret", "s")] = Read.Object("""{"data":{"key":"aGVsbG8=","path":"L2V0Yy9ndy9h"}}"""),
        [("ConfigMap", "c")] = Read.Object("""{"data":{"A":"1","B":"2"}}"""),
    };

    [Fact]
    public void Arguments_and_variables_are_expanded_and_lead_to_the_host()
    {
        var pod = Given.Pod("p", """
            {"nodeName":"n","volumes":[{"name":"config","secret":{"secretName":"s"}}],"containers":[{"name":"main","image":"registry.example:5000/gw:1.2@sha256:abc",
              "args":["--config","/etc/gw/key","--name=$(POD)","$$(POD)","$(UNKNOWN)"],
              "env":[{"name":"POD","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},{"name":"FILE","value":"/etc/gw/$(POD)"},
                     {"name":"TOKEN","valueFrom":{"secretKeyRef":{"name":"s","key":"key"}}},{"name":"HOST","valueFrom":{"fieldRef":{"fieldPath":"status.hostIP"}}},
                     {"name":"MAYBE","valueFrom":{"secretKeyRef":{"name":"none","key":"key","optional":true}}}],
              "envFrom":[{"prefix":"X_","configMapRef":{"name":"c"}}],
              "volumeMounts":[{"name":"config","mountPath":"/etc/gw"}]}]}
            """);

        var prepared = Prepare(pod).Prepared!;

        Assert.Equal("/opt/gw", prepared.Program);
        Assert.Equal(
            ["serve", "--config", "/data/pods/p/volumes/config/key", "--name=p", "$(POD)", "$(UNKNOWN)"], prepared.Arguments);
        Assert.Equal("/data/pods/p/volumes/config/p", prepared.Environment["FILE"]);
        Assert.Equal("hello", prepared.Environment["TOKEN"]);
        Assert.Equal("192.0.2.1", prepared.Environment["HOST"]);
        Assert.Equal("2", prepared.Environment["X_B"]);
        Assert.False(prepared.Environment.ContainsKey("MAYBE"));
    }

    [Theory]
    [InlineData("""{"containers":[{"name":"main","image":"unheard:1"}]}""", "ErrImagePull",
        "no program is known for image \"unheard:1\"")]
    [InlineData(
        """{"containers":[{"name":"main","image":"registry.example:5000/gw","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"none","key":"k"}}}]}]}""",
        "CreateContainerConfigError", "secret \"none\" not found")]
    [InlineData(
        """{"containers":[{"name":"main","image":"registry.example:5000/gw","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"none"}}}]}]}""",
        "CreateContainerConfigError", "couldn't find key none")]
    [InlineData(
        """{"volumes":[{"name":"v","configMap":{"name":"none"}}],"containers":[{"name":"main","image":"registry.example:5000/gw"}]}""",
        "CreateContainerConfigError",
        "volume \"v\": configmap \"none\" not found")]
    [InlineData(
        """{"volumes":[{"name":"v","secret":{"secretName":"s","items":[{"key":"none","path":"x"}]}}],"containers":[]}""",
        "CreateContainerConfigError", "has no key \"none\"")]
    [InlineData("""{"volumes":[{"name":"v","nfs":{}}],"containers":[]}""", "CreateContainerConfigError",
        "has no volumes of this kind (nfs)")]
    public void What_is_missing_is_named(string spec, string reason, string message)
    {
        var problem = Prepare(Given.Pod("p", spec)).Problem!;
        Assert.Equal(reason, problem.Reason);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Volumes_hold_what_their_sources_say()
    {
        var pod = Given.Pod("p", """
            {"volumes":[{"name":"all","secret":{"secretName":"s","defaultMode":256}},{"name":"some","configMap":{"name":"c","items":[{"key":"A","path":"deep/a","mode":384}]}},
              {"name":"none","secret":{"secretName":"none","optional":true}},{"name":"both","projected":{"sources":[{"secret":{"name":"s","items":[{"key":"key","path":"k"}]}},{"downwardAPI":{"items":[{"path":"name","fieldRef":{"fieldPath":"metadata.name"}}]}}]}},
              {"name":"scratch","emptyDir":{}},{"name":"host","hostPath":{"path":"/dev/net/tun"}}]}
            """);

        var (volumes, problem) = new VolumePlanner(Lookup, []).Plan(pod, "/data/pods/p");

        Assert.Null(problem);
        Assert.Equal(
            [
                "all /data/pods/p/volumes/all key:256 path:256",
                "some /data/pods/p/volumes/some deep/a:384", "none /data/pods/p/volumes/none",
                "both /data/pods/p/volumes/both k:420 name:420", "scratch /data/pods/p/volumes/scratch -", "host /dev/net/tun -",
            ],
            volumes.Select(v => string.Join(' ', [v.Name, v.Path, .. v.Files?.Select(f => $"{f.Path}:{(int)f.Mode}") ?? ["-"]])));
    }

    private static (PreparedContainer? Prepared, WaitingReason? Problem) Prepare(JsonObject pod)
    {
        var (volumes, problem) = new VolumePlanner(Lookup, ["192.0.2.1"]).Plan(pod, Options.DataFolder + "/pods/p");
        return problem is not null
            ? (null, problem)
            : new ContainerPreparation(Options, Lookup, ["192.0.2.1"])
                .Prepare(pod, pod["spec"]!["containers"]![0]!.AsObject(), volumes);
    }

    private static JsonObject? Lookup(string kind, string space, string name) => Objects.GetValueOrDefault((kind, name));
}
