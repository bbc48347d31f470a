using System.Security.Cryptography;
using LocalControlPlane.Resources;

namespace LocalControlPlane.Objects;

/// <summary>Names of objects.</summary>
internal static class Names
{
    private const int LongestSubdomain = 253;
    private const int LongestLabel = 63;

    // No vowels and no look-alikes, as real servers choose.
    private const string SuffixAlphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public static string? Problem(ResourceType type, string name)
    {
        if (name.Length == 0) return "name or generateName is required";
        // Names of roles and their bindings may hold any character that a path segment may.
        if (type.Group == "rbac.authorization.k8s.io")
            return name is "." or ".." || name.AsSpan().IndexOfAny("/%") >= 0
                ? "may not be '.' or '..' nor contain '/' or '%'"
                : null;

        return type.Plural is "namespaces" or "services" && type.Group.Length == 0
            ? Label(name)
            : Subdomain(name);
    }

    public static string Generate(string prefix)
    {
        var longest = LongestLabel - SuffixLength;
        return (prefix.Length > longest ? prefix[..longest] : prefix)
            + RandomNumberGenerator.GetString(SuffixAlphabet, SuffixLength);
    }

    private static string? Label(string name) =>
        name.Length <= LongestLabel && IsLabel(name)
            ? null
            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
                + "start and end with an alphanumeric "
                + "character, and be at most 63 characters long (e.g. 'my-name', or '123-abc')";

    private static string? Subdomain(string name) =>
        name.Length <= LongestSubdomain && name.Split('.').All(IsLabel)
            ? null
            : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                + "'-' or '.', start and end with an "
                + "alphanumeric character, and be at most 253 characters long (e.g. 'example.com')";

    private static bool IsLabel(string text) =>
        text.Length > 0 && text[0] != '-' && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
