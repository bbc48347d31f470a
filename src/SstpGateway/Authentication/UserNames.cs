namespace SstpGateway.Authentication;

/// <summary>The forms in which people type one and the same name.</summary>
internal static class UserNames
{
    /// <summary>"DOMAIN\user" gives "user"; "user@realm" stays.</summary>
    public static string WithoutDomain(string typed) => typed[(typed.LastIndexOf('\\') + 1)..];

    /// <summary>"user@realm" gives "user".</summary>
    public static string WithoutRealm(string name) =>
        name.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? name[..at] : name;

    /// <summary>One spelling for all forms, to count failures by; never shown.</summary>
    public static string Canonical(string typed) => WithoutRealm(WithoutDomain(typed)).ToUpperInvariant();
}
