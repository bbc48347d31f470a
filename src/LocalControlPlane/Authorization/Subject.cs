using LocalControlPlane.Authentication;

namespace LocalControlPlane.Authorization;

/// <summary>Whom a binding is for.</summary>
/// <param name="Name">Of a user or a group; a service account is the user it logs in as.</param>
public sealed record Subject(bool IsGroup, string Name)
{
    public bool Is(Identity who)
    {
        ArgumentNullException.ThrowIfNull(who);
        return IsGroup ? who.Groups.Contains(Name) : who.Name == Name;
    }
}
