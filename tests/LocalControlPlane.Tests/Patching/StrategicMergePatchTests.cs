using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using LocalControlPlane.Patching;
using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Patching;

public class StrategicMergePatchTests
{
    private static readonly StructuralSchema Pod = BuiltInSchemas.Find("v1", "Pod")!;
    private static readonly StructuralSchema Deployment = BuiltInSchemas.Find("apps/v1", "Deployment")!;

    [Theory]
    [InlineData("objects are merged by their key and keep their place",
        """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]}""",
        """{"containers":[{"name":"b","image":"2"},{"name":"c","image":"3"}]}""",
        """{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"},{"name":"c","image":"3"}]}""")]
    [InlineData("an element is deleted by its key",
        """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"$patch":"delete","name":"a"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("a list is replaced on request",
        """{"containers":[{"name":"a"},{"name":"b"}]}""",
        """{"containers":[{"name":"c"},{"$patch":"replace"}]}""", """{"containers":[{"name":"c"}]}""")]
    [InlineData("an object is replaced on request",
        """{"securityContext":{"runAsUser":1,"fsGroup":2}}""",
        """{"securityContext":{"$patch":"replace","runAsUser":3}}""", """{"securityContext":{"runAsUser":3}}""")]
    [InlineData("null takes away",
        """{"nodeName":"n","hostname":"h"}""", """{"nodeName":null}""", """{"hostname":"h"}""")]
    [InlineData("a list without a key is replaced",
        """{"containers":[{"name":"a","args":["1","2"]}]}""", """{"containers":[{"name":"a","args":["3"]}]}""",
        """{"containers":[{"name":"a","args":["3"]}]}""")]
    [InlineData("environment variables are merged inside a merged container",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"1"}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"2"}]}]}""",
        """{"containers":[{"name":"a","env":[{"name":"X","value":"2"},{"name":"Y","value":"1"}]}]}""")]
    [InlineData("$setElementOrder orders what it names, and what only the server has stays beside its neighbours",
        """{"containers":[{"name":"server"},{"name":"a"},{"name":"b"}]}""",
        """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"b","image":"2"}]}""",
        """{"containers":[{"name":"server"},{"name":"b","image":"2"},{"name":"a"}]}""")]
    [InlineData("$setElementOrder alone orders, too",
        """{"containers":[{"name":"a"},{"name":"b"}]}""", """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}""",
        """{"containers":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("$retainKeys drops the other sources of a volume",
        """{"volumes":[{"name":"v","emptyDir":{}}]}""",
        """{"volumes":[{"$retainKeys":["name","hostPath"],"name":"v","hostPath":{"path":"/x"}}]}""",
        """{"volumes":[{"name":"v","hostPath":{"path":"/x"}}]}""")]
    [InlineData("directives and nulls in what is new do not stay",
        """{}""", """{"containers":[{"$retainKeys":["name"],"name":"a","image":null}]}""", """{"containers":[{"name":"a"}]}""")]
    public void Merges_as_the_API_server_does(string what, string before, string patch, string after)
    {
        var result = StrategicMergePatch.Apply(
            Pod, Read.Object($$$"""{"spec":{{{before}}} }"""), Read.Object($$$"""{"spec":{{{patch}}} }"""));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(after), result["spec"]), $"{what}: {result.ToJsonString()}");
    }

    [Fact]
    public void Scalars_are_merged_and_deleted_by_value()
    {
        var before = Read.Object("""{"metadata":{"finalizers":["a/1","b/2"]}}""");
        var patch = Read.Object(
            """{"metadata":{"$deleteFromPrimitiveList/finalizers":["a/1"],"$setElementOrder/finalizers":["c/3","b/2"],"finalizers":["c/3"]}}""");
        Assert.Equal(
            """{"metadata":{"finalizers":["c/3","b/2"]}}""", StrategicMergePatch.Apply(Pod, before, patch).ToJsonString());
    }

    [Fact]
    public void What_kubectl_sends_when_a_deployment_changes_its_strategy_takes_effect()
    {
        var before = Read.Object("""{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}}""");
        var patch = Read.Object("""{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""");
        Assert.Equal(
            """{"spec":{"strategy":{"type":"Recreate"}}}""", StrategicMergePatch.Apply(Deployment, before, patch).ToJsonString());
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"image":"x"}]}}""", "does not contain declared merge key: name")]
    [InlineData("""{"spec":{"$patch":"mend"}}""", "is no value of $patch")]
    public void A_malformed_patch_is_refused(string patch, string problem)
    {
        var refusal = Assert.Throws<PatchException>(() => StrategicMergePatch.Apply(Pod, [], Read.Object(patch)));
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_patch_changes_nothing_and_a_patch_without_lists_merges_like_RFC_7396() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
            RandomJson.Objects(withNulls: false), RandomJson.Objects(withNulls: false), (target, patch) =>
            {
                var unchanged = StrategicMergePatch.Apply(Pod, Read.Object(target), []);
                var strategic = StrategicMergePatch.Apply(Pod, Read.Object(target), Read.Object(patch));
                return JsonNode.DeepEquals(unchanged, Read.Object(target))
                    && JsonNode.DeepEquals(strategic, MergePatch.Apply(Read.Object(target), Read.Object(patch)));
            }));
}
