namespace GatewayConfig.Channel;

/// <summary>Where a gateway serves a revocation list: <c>http://HOSTNAME/crl/NAME</c>.</summary>
public static class RevocationListPath
{
    public const string Prefix = "/crl/";

    /// <summary>Characters of a name at most.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Bytes of a list at most: some 30,000 revoked certificates.</summary>
    public const int MaxListLength = 1 << 20;

    /// <summary>Such as "office-ca.crl": letters, digits, dot, hyphen and underscore, not with a dot first.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    public static string Of(string name) => Prefix + name;
}
