using LocalControlPlane.Authentication;
using LocalControlPlane.Authorization;

namespace LocalControlPlane.Tests.Authorization;

/// <summary>What rules grant, as the documentation of RBAC has it.</summary>
public class RightsTests
{
    private static readonly Identity Robot = Identity.OfServiceAccount("vpn", "robot");

    [Theory]
    [InlineData("get", "", "pods", "", "p", true)]
    [InlineData("list", "", "pods", "", "", true)]
    [InlineData("delete", "", "pods", "", "p", false)]
    [InlineData("get", "", "pods", "log", "p", false)]
    [InlineData("get", "apps", "pods", "", "p", false)]
    [InlineData("get", "apps", "deployments", "scale", "d", true)]
    [InlineData("update", "apps", "deployments", "scale", "d", false)]
    [InlineData("get", "", "secrets", "", "mine", true)]
    [InlineData("get", "", "secrets", "", "other", false)]
    [InlineData("list", "", "secrets", "", "", false)]
    [InlineData("watch", "", "secrets", "", "mine", true)]
    [InlineData("anything", "example.test", "whatever", "status", "x", true)]
    public void A_rule_grants_what_it_names_and_no_more(
        string verb, string group, string resource, string part, string name, bool isAllowed)
    {
        var rights = RightsOf("", new Subject(IsGroup: false, Robot.Name),
            Rule("get,list", "", "pods"), Rule("get", "apps", "*/scale"),
            Rule("get,list,watch", "", "secrets", "mine"), Rule("*", "example.test", "*"));

        Assert.Equal(isAllowed, rights.Find(Robot, new AccessRequest(verb, group, resource, part, "vpn", name)) is not null);
    }

    [Theory]
    [InlineData("vpn", true)]
    [InlineData("other", false)]
    [InlineData("", false)]
    public void A_role_binding_holds_in_its_namespace(string space, bool isAllowed)
    {
        var rights = RightsOf("vpn", new Subject(IsGroup: false, Robot.Name), Rule("list", "", "pods"));

        Assert.Equal(isAllowed, rights.Find(Robot, new AccessRequest("list", "", "pods", "", space, "")) is not null);
    }

    [Theory]
    [InlineData("system:serviceaccounts", true)]
    [InlineData("system:serviceaccounts:vpn", true)]
    [InlineData("system:authenticated", true)]
    [InlineData("system:serviceaccounts:other", false)]
    [InlineData("system:serviceaccount:vpn:robot", false)]
    public void A_group_is_not_a_user(string group, bool isAllowed)
    {
        var rights = RightsOf("", new Subject(IsGroup: true, group), Rule("list", "", "pods"));

        Assert.Equal(isAllowed, rights.Find(Robot, new AccessRequest("list", "", "pods", "", "vpn", "")) is not null);
    }

    [Theory]
    [InlineData("/metrics", true)]
    [InlineData("/logs/a", true)]
    [InlineData("/logs", false)]
    [InlineData("/debug", false)]
    [InlineData("/apis", true)]
    public void Paths_are_granted_whole_or_by_their_beginning(string path, bool isAllowed)
    {
        var rights = RightsOf(
            "", new Subject(IsGroup: false, Robot.Name), new AccessRule(["get"], [], [], [], ["/metrics", "/logs/*"]));

        Assert.Equal(isAllowed, rights.Find(Robot, AccessRequest.ToPath("get", path)) is not null);
    }

    [Fact]
    public void Masters_need_no_role_and_nobody_else_has_any_without()
    {
        var asked = new AccessRequest("delete", "", "secrets", "", "vpn", "s");
        var none = new Rights([]);

        Assert.NotNull(none.Find(Identity.Administrator, asked));
        Assert.Null(none.Find(Robot, asked));
        Assert.NotNull(
            none.Find(Robot, new AccessRequest("create", "authorization.k8s.io", "selfsubjectaccessreviews", "", "", "")));
    }

    private static Rights RightsOf(string space, Subject subject, params AccessRule[] rules) =>
        new([new Grant("a binding", space, [subject], rules)]);

    private static AccessRule Rule(string verbs, string group, string resource, params string[] names) =>
        new(verbs.Split(','), [group], [resource], names, []);
}
