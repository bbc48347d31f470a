using LocalControlPlane.Authentication;

namespace LocalControlPlane.Authorization;

/// <summary>Who may do what, at one moment (rbac.authorization.k8s.io). Pure.</summary>
public sealed class Rights(IReadOnlyList<Grant> grants)
{
    /// <summary>What anybody who is logged in may do: ask about itself and look at
    /// what is served, or no tool could begin.</summary>
    private static readonly Grant Basic = new("what everybody may do", "", [],
    [
        new AccessRule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], [], []),
        new AccessRule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"], [], []),
        new AccessRule(
            ["get"], [], [], [],
            [
                "/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*",
                "/version", "/version/", "/healthz", "/livez", "/readyz",
            ]),
    ]);

    private static readonly Grant Everything = new($"{Identity.Masters} may do everything", "", [],
    [
        new AccessRule(["*"], ["*"], ["*"], [], []),
        new AccessRule(["*"], [], [], [], ["*"]),
    ]);

    /// <returns>Why it is allowed; null when it is not.</returns>
    public string? Find(Identity who, AccessRequest asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return Of(who, asked.Namespace).FirstOrDefault(grant => grant.Rules.Any(rule => rule.Allows(asked)))?.Name;
    }

    /// <summary>Every rule that somebody has in a namespace.</summary>
    public IEnumerable<AccessRule> RulesOf(Identity who, string space) => Of(who, space).SelectMany(grant => grant.Rules);

    private IEnumerable<Grant> Of(Identity who, string space)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (who.IsAdministrator) return [Everything];
        // What a RoleBinding grants holds in its namespace, and so never for a list of all namespaces or for what has none.
        return grants.Where(grant =>
            (grant.Namespace.Length == 0 || grant.Namespace == space) && grant.Subjects.Any(subject => subject.Is(who)))
            .Prepend(Basic);
    }
}
