using LocalControlPlane.Tests.Serving;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Kubectl;

/// <summary>What kubectl makes from its arguments, which it sends in protobuf; and rights, which are made so.</summary>
public sealed class KubectlCreateTests : IAsyncLifetime, IDisposable
{
    private ApiUnderTest _api = null!;
    private KubectlUnderTest _kubectl = null!;

    public async Task InitializeAsync()
    {
        _api = await StartAsync();
        _kubectl = new KubectlUnderTest(_api);
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public void Dispose() => _kubectl.Dispose();

    [KubectlFact]
    public async Task Every_kind_that_is_stored_can_be_made_from_arguments()
    {
        (string Arguments, string Made, string Field, string Value)[] cases =
        [
            ("secret generic s --from-literal=users=somebody --type=Opaque", "secret/s", ".data.users", "c29tZWJvZHk="),
            (
                "secret docker-registry reg --docker-server=x --docker-username=u --docker-password=p",
                "secret/reg", ".type", "kubernetes.io/dockerconfigjson"),
            ("configmap c --from-literal=empty= --from-literal=a=b", "configmap/c", ".data", """{"a":"b","empty":""}"""),
            ("namespace team", "namespace/team", ".status.phase", "Active"),
            ("serviceaccount robot", "serviceaccount/robot", ".metadata.name", "robot"),
            ("deployment d --image=first --image=second --replicas=0", "deployment.apps/d", ".spec.replicas", "0"),
            ("service clusterip svc --tcp=80:8080", "service/svc", ".spec.ports[0].targetPort", "8080"),
            (
                "role r --verb=get,list --resource=pods,pods/log --resource-name=p",
                "role.rbac.authorization.k8s.io/r", ".rules[0].resourceNames", """["p"]"""),
            (
                "clusterrole cr --verb=get --non-resource-url=/metrics",
                "clusterrole.rbac.authorization.k8s.io/cr",
                ".rules[0].nonResourceURLs",
                """["/metrics"]"""),
            (
                "rolebinding rb --role=r --serviceaccount=default:robot",
                "rolebinding.rbac.authorization.k8s.io/rb",
                ".subjects[0].kind",
                "ServiceAccount"),
            (
                "clusterrolebinding crb --clusterrole=cr --group=g",
                "clusterrolebinding.rbac.authorization.k8s.io/crb",
                ".subjects[0].name",
                "g"),
            (
                "poddisruptionbudget pdb --selector=app=x --min-available=50%",
                "poddisruptionbudget.policy/pdb", ".spec.minAvailable", "50%"),
            ("priorityclass pc --value=-10", "priorityclass.scheduling.k8s.io/pc", ".value", "-10"),
        ];
        foreach (var (arguments, made, field, value) in cases)
        {
            Assert.Equal($"{made} created", await _kubectl.RunAsync(["create", .. arguments.Split(' ')]));
            Assert.Equal(value, await _kubectl.RunAsync("get", made, "-o", $"jsonpath={{{field}}}"));
        }

        Assert.Equal("service/d exposed", await _kubectl.RunAsync("expose", "deployment", "d", "--port=80"));
        Assert.Equal("pod/p created", await _kubectl.RunAsync("run", "p", "--image=x"));
        Assert.Equal("deployment.apps/d scaled", await _kubectl.RunAsync("scale", "deployment", "d", "--replicas=2"));
        Assert.Equal("deployment.apps/d restarted", await _kubectl.RunAsync("rollout", "restart", "deployment", "d"));
        Assert.Equal("deployment.apps/d image updated", await _kubectl.RunAsync("set", "image", "deployment/d", "first=other"));
    }

    [KubectlFact]
    public async Task What_was_made_so_can_be_applied_over()
    {
        await _kubectl.RunAsync("create", "secret", "generic", "s", "--from-literal=a=b");
        var printed = await _kubectl.RunAsync(
            "create", "secret", "generic", "s", "--from-literal=a=c", "--dry-run=client", "-o", "yaml");
        Assert.Contains(
            "a: Yw==",
            await _kubectl.RunAsync("create", "secret", "generic", "t", "--from-literal=a=c", "--dry-run=server", "-o", "yaml"),
            StringComparison.Ordinal);
        await _kubectl.RunAsync("apply", "-f", _kubectl.Write("s.yaml", printed));

        Assert.Equal("Yw==", await _kubectl.RunAsync("get", "secret", "s", "-o", "jsonpath={.data.a}"));
        Assert.Contains(
            "already exists", (await _kubectl.TryRunAsync("create", "secret", "generic", "s")).Output, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task A_service_account_may_do_what_its_roles_grant_and_nothing_else()
    {
        await _kubectl.RunAsync("create", "serviceaccount", "robot");
        await _kubectl.RunAsync("create", "role", "reader", "--verb=get,list", "--resource=configmaps");
        await _kubectl.RunAsync("create", "rolebinding", "reader", "--role=reader", "--serviceaccount=default:robot");
        await _kubectl.RunAsync("create", "configmap", "c", "--from-literal=a=b");
        string[] robot =
        [
            "--kubeconfig", _kubectl.Write("robot", RobotKubeconfig(await _kubectl.RunAsync("create", "token", "robot"))),
        ];

        Assert.Contains(
            "system:serviceaccount:default:robot",
            await _kubectl.RunAsync([.. robot, "auth", "whoami"]),
            StringComparison.Ordinal);
        Assert.Equal("configmap/c", await _kubectl.RunAsync([.. robot, "get", "configmaps", "-o", "name"]));
        Assert.Equal("yes", await _kubectl.RunAsync([.. robot, "auth", "can-i", "get", "configmaps"]));
        Assert.Equal("no", (await _kubectl.TryRunAsync([.. robot, "auth", "can-i", "delete", "configmaps"])).Expect(1).TrimEnd());
        Assert.Contains("configmaps", await _kubectl.RunAsync([.. robot, "auth", "can-i", "--list"]), StringComparison.Ordinal);
        Assert.Equal(
            "no",
            (await _kubectl.TryRunAsync("auth", "can-i", "get", "secrets", "--as=system:serviceaccount:default:robot"))
                .Expect(1).TrimEnd());

        foreach (var (arguments, refusal) in new[]
        {
            ("delete configmap c", "configmaps \"c\" is forbidden: User \"system:serviceaccount:default:robot\" cannot delete "
                + "resource \"configmaps\" in API group \"\" in the namespace \"default\""),
            ("get configmaps -A", "cannot list resource \"configmaps\" in API group \"\" at the cluster scope"),
            ("get secrets", "cannot list resource \"secrets\""),
            ("create role more --verb=* --resource=*", "cannot create resource \"roles\""),
            ("get configmaps --as=sstp-admin", "cannot impersonate resource \"users\""),
        })
            Assert.Contains(
                refusal, (await _kubectl.TryRunAsync([.. robot, .. arguments.Split(' ')])).Expect(1), StringComparison.Ordinal);

        await _kubectl.RunAsync("delete", "serviceaccount", "robot");
        await _kubectl.RunAsync("create", "serviceaccount", "robot");
        Assert.Contains(
            "Unauthorized", (await _kubectl.TryRunAsync([.. robot, "get", "configmaps"])).Expect(1),
            StringComparison.OrdinalIgnoreCase);
    }

    private string RobotKubeconfig(string token) => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: a, cluster: {server: "{{_api.Plane.Endpoint}}", certificate-authority: "{{Path.Combine(_api.DataFolder, "pki/ca.crt")}}"} }]
        users: [{name: a, user: {token: "{{token}}"} }]
        contexts: [{name: a, context: {cluster: a, user: a, namespace: default} }]
        current-context: a
        """;
}
