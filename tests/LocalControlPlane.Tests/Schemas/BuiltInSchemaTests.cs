using LocalControlPlane.Schemas;
using LocalControlPlane.Schemas.BuiltIn;

namespace LocalControlPlane.Tests.Schemas;

public class BuiltInSchemaTests
{
    [Theory]
    [InlineData("v1", "Namespace")]
    [InlineData("v1", "Secret")]
    [InlineData("v1", "ConfigMap")]
    [InlineData("v1", "Service")]
    [InlineData("v1", "ServiceAccount")]
    [InlineData("v1", "Pod")]
    [InlineData("v1", "Node")]
    [InlineData("v1", "Event")]
    [InlineData("events.k8s.io/v1", "Event")]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("apps/v1", "DaemonSet")]
    [InlineData("apps/v1", "ReplicaSet")]
    [InlineData("policy/v1", "PodDisruptionBudget")]
    [InlineData("coordination.k8s.io/v1", "Lease")]
    [InlineData("rbac.authorization.k8s.io/v1", "Role")]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRoleBinding")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition")]
    public void Every_kind_the_operator_writes_is_described_to_the_last_field(string apiVersion, string kind)
    {
        var schema = BuiltInSchemas.Find(apiVersion, kind);
        Assert.NotNull(schema);
        Assert.Contains("metadata", schema.Properties.Keys);
        Assert.Empty(WithoutDescription(schema, kind));
    }

    [Fact]
    public void A_deployment_gets_its_defaults_and_a_wrong_one_its_errors()
    {
        var schema = BuiltInSchemas.Find("apps/v1", "Deployment")!;
        var deployment = Read.Object("""
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "creationTimestamp": null},
             "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}},
               "spec": {"hostNetwork": true, "contaners": [], "containers": [{"name": "c", "ports": [{"containerPort": 443}], "readinessProbe": {"httpGet": {"port": "admin"}}}]}}}, "status": null}
            """);

        Assert.Equal(["spec.template.spec.contaners"], Pruning.Prune(schema, deployment));
        Defaulting.Apply(schema, deployment);
        Assert.Empty(SchemaValidation.Validate(schema, deployment));
        Assert.Equal(1L, (long)deployment["spec"]!["replicas"]!);
        Assert.Equal("TCP", (string?)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["ports"]![0]!["protocol"]);
        Assert.Equal(
            "/", (string?)deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["readinessProbe"]!["httpGet"]!["path"]);
        Assert.False(deployment.ContainsKey("status"));

        deployment["spec"]!["replicas"] = "three";
        deployment["spec"]!["template"]!["spec"]!["restartPolicy"] = "Sometimes";
        Assert.Equal(
            ["spec.replicas", "spec.template.spec.restartPolicy"],
            SchemaValidation.Validate(schema, deployment).Select(error => error.Path.Text).Order());
    }

    private static IEnumerable<string> WithoutDescription(StructuralSchema schema, string path) =>
        schema.Properties.SelectMany(property => WithoutDescription(property.Value, $"{path}.{property.Key}"))
            .Concat(schema.Items is { } items ? WithoutDescription(items, path + "[]") : [])
            .Concat(schema.Description.Length > 0 || path.EndsWith("[]", StringComparison.Ordinal) ? [] : [path]);
}
