using System.Text.Json.Nodes;
using LocalControlPlane.Authentication;
using LocalControlPlane.Errors;
using LocalControlPlane.Objects;
using LocalControlPlane.Resources;
using LocalControlPlane.Serving;
using LocalControlPlane.Storage;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Authorization;

/// <summary>Lets through what is allowed, and writes down what was asked.</summary>
internal sealed class Guard(Authorizer authorizer, ObjectStore store, AuditLog? audit)
{
    private const string RbacGroup = "rbac.authorization.k8s.io", Roles = "roles", ClusterRoles = "clusterroles";

    public Rights Rights => authorizer.Rights;

    /// <summary>Whom the request is to be taken for: who sends it, or whom that one may speak as.</summary>
    /// <exception cref="ApiException">403: it may not.</exception>
    public Identity Effective(HttpRequest request, Identity who)
    {
        var name = request.Headers["Impersonate-User"].ToString();
        var groups = request.Headers["Impersonate-Group"];
        if (name.Length == 0)
        {
            if (groups.Count > 0)
                throw Failure.BadRequest("a group cannot be impersonated without a user: set Impersonate-User, too");
            return who;
        }

        Check(who, new AccessRequest("impersonate", "", "users", "", "", name));
        foreach (var group in groups) Check(who, new AccessRequest("impersonate", "", "groups", "", "", group ?? ""));
        return Identity.Named(name, groups.OfType<string>());
    }

    /// <exception cref="ApiException">403.</exception>
    public void Check(Identity who, AccessRequest asked)
    {
        var reason = Rights.Find(who, asked);
        audit?.Write(who, asked, reason is not null);
        if (reason is null) throw Refusal(who, asked);
    }

    /// <summary>Checks a request for an object, with all that it asks for.</summary>
    /// <exception cref="ApiException">403.</exception>
    public void Check(Identity who, HttpRequest request, ResourcePath path, ResourceType? type)
    {
        var asked = RequestAccess.Of(request, path);
        Check(who, asked);
        // Server-side apply of what is not there creates it.
        if (asked is { Verb: "patch", Subresource: "" } && type is not null
            && RequestBody.MediaType(request) == Patch.ServerSideApply
            && store.Find(new ObjectKey(type.StorageName, path.Namespace ?? "", path.Name ?? "")) is null)
            Check(who, asked with { Verb = "create" });

        // Else a role would be as good as every other: whoever writes one can write anything into it.
        if (asked is { Group: RbacGroup, Resource: Roles or ClusterRoles, Verb: "create" or "update" or "patch" }
            && !who.IsAdministrator)
            Check(who, asked with { Verb = "escalate" });
    }

    /// <summary>What is left to check once it is known what a write would store:
    /// whoever binds a role needs <c>bind</c> on that role.</summary>
    /// <returns>Throws an <see cref="ApiException"/> of 403; null when there is nothing to check.</returns>
    public Action<JsonObject>? OnWrite(Identity who, ResourcePath path)
    {
        if (who.IsAdministrator || path is not { Group: RbacGroup, Plural: "rolebindings" or "clusterrolebindings" }) return null;
        return binding =>
        {
            var role = binding["roleRef"] as JsonObject;
            var resource = role.Text("kind") == "ClusterRole" ? ClusterRoles : Roles;
            Check(who, new AccessRequest("bind", RbacGroup, resource, "", path.Namespace ?? "", role.Text("name") ?? ""));
        };
    }

    private static ApiException Refusal(Identity who, AccessRequest asked)
    {
        var what = !asked.IsResource
            ? ""
            : $"{(asked.Group.Length == 0 ? asked.Resource : $"{asked.Resource}.{asked.Group}")}"
                + $"{(asked.Name.Length == 0 ? "" : $" \"{asked.Name}\"")} is ";
        return new ApiException(403, "Forbidden", $"{what}forbidden: User \"{who.Name}\" {asked}")
        {
            Name = asked.Name, Group = asked.Group, Kind = asked.Resource,
        };
    }
}
