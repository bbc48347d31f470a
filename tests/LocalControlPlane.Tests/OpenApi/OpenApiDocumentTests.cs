using System.Text.Json.Nodes;
using LocalControlPlane.OpenApi;
using LocalControlPlane.Schemas.BuiltIn;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.OpenApi;

public class OpenApiDocumentTests
{
    private static readonly DescribedKind Deployment =
        new("apps", "v1", "Deployment", "deployments", true, true, true, BuiltInSchemas.Find("apps/v1", "Deployment")!);

    private static readonly DescribedKind Node =
        new("", "v1", "Node", "nodes", false, true, false, BuiltInSchemas.Find("v1", "Node")!);

    [Fact]
    public void The_index_names_each_document_by_a_hash_that_follows_its_content()
    {
        static DescribedKind Custom(string description) => new(
            "vpn.example", "v1", "Thing", "things", true, true, false,
            Read.Spec(
                $$$"""{"type": "object", "description": "{{{description}}}", "properties": {"a": {"type": "string"} } }"""));

        var before = OpenApiDocuments.Build([Deployment, Node, Custom("one")]);
        var after = OpenApiDocuments.Build([Deployment, Node, Custom("two")]);

        Assert.Equal(["api/v1", "apis/apps/v1", "apis/vpn.example/v1"], before.Keys.Order());
        Assert.Equal(before["apis/apps/v1"].Hash, after["apis/apps/v1"].Hash);
        Assert.NotEqual(before["apis/vpn.example/v1"].Hash, after["apis/vpn.example/v1"].Hash);
        Assert.Equal(
            $"/openapi/v3/apis/apps/v1?hash={before["apis/apps/v1"].Hash}",
            (string?)OpenApiDocuments.Index(before.Values)["paths"]!["apis/apps/v1"]!["serverRelativeURL"]);
    }

    [Theory]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments", "post", "post")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments", "get", "list")]
    [InlineData("/apis/apps/v1/deployments", "get", "list")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch", "patch")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "delete", "delete")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/status", "put", "put")]
    [InlineData("/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale", "patch", "patch")]
    public void Each_operation_says_what_it_does_and_to_which_kind(string path, string method, string action)
    {
        var operation = Document(Deployment)["paths"]![path]![method]!;
        Assert.Equal(action, (string?)operation["x-kubernetes-action"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"group":"apps","kind":"Deployment","version":"v1"}"""),
            operation["x-kubernetes-group-version-kind"]));
        if (action is "post" or "put" or "patch")
        {
            var parameters = operation["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]).ToList();
            Assert.Contains("fieldValidation", parameters);
            Assert.Contains("dryRun", parameters);
        }
    }

    [Fact]
    public void A_kind_without_namespaces_has_no_namespace_in_its_paths()
    {
        var paths = Document(Node)["paths"]!.AsObject().Select(path => path.Key);
        Assert.Equal(["/api/v1/nodes", "/api/v1/nodes/{name}", "/api/v1/nodes/{name}/status"], paths);
    }

    [Fact]
    public void A_schema_carries_its_kind_its_descriptions_and_how_it_is_merged()
    {
        var schema = Document(Deployment)["components"]!["schemas"]!["apps.v1.Deployment"]!;
        Assert.Equal("Deployment", (string?)schema["x-kubernetes-group-version-kind"]![0]!["kind"]);
        Assert.NotEmpty((string)schema["properties"]!["spec"]!["properties"]!["replicas"]!["description"]!);
        var containers =
            schema["properties"]!["spec"]!["properties"]!["template"]!["properties"]!["spec"]!["properties"]!["containers"]!;
        Assert.Equal("name", (string?)containers["x-kubernetes-patch-merge-key"]);
        Assert.Equal("merge", (string?)containers["x-kubernetes-patch-strategy"]);
        Assert.Equal("map", (string?)containers["x-kubernetes-list-type"]);
        var volumes =
            schema["properties"]!["spec"]!["properties"]!["template"]!["properties"]!["spec"]!["properties"]!["volumes"]!;
        Assert.Equal("merge,retainKeys", (string?)volumes["x-kubernetes-patch-strategy"]);
    }

    [Fact]
    public void What_is_written_of_a_custom_schema_reads_back_the_same()
    {
        const string spec = """
            {"type": "object", "required": ["a"], "properties": {
              "a": {"type": "string", "pattern": "^x", "maxLength": 5, "default": "x"},
              "b": {"type": "array", "maxItems": 3, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"], "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "string", "enum": ["p", "q"]}}}},
              "c": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1, "exclusiveMinimum": true}, "nullable": true}},
             "x-kubernetes-validations": [{"rule": "self.a != 'y'", "message": "not y"}]}
            """;
        var once = Document(new DescribedKind("g", "v1", "T", "ts", true, false, false, Read.Spec(spec)));
        var again = Document(new DescribedKind(
            "g", "v1", "T", "ts", true, false, false,
            Read.Spec(once["components"]!["schemas"]!["g.v1.T"]!["properties"]!["spec"]!.ToJsonString())));
        Assert.True(JsonNode.DeepEquals(once, again));
    }

    private static JsonObject Document(DescribedKind kind) =>
        JsonNode.Parse(OpenApiDocuments.Build([kind])[kind.DocumentPath].Json.Span)!.AsObject();
}
