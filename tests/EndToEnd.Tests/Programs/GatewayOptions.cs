namespace EndToEnd.Tests.Programs;

/// <summary>What tests vary in a gateway's configuration; the values are YAML in its one-line form.</summary>
public sealed record GatewayOptions
{
    public const string Password = "Wonder-land 42";

    /// <summary>False leaves the gateway with its placeholder.</summary>
    public bool HasCertificate { get; init; } = true;

    public string Addresses { get; init; } = "[\"0.0.0.0:443\"]";

    public string MinimumVersion { get; init; } = "tls12";

    public string Policy { get; init; } = "modern";

    /// <summary>Further pairs, after the gateway's own.</summary>
    public string MoreCertificates { get; init; } = "";

    public string Methods { get; init; } = "[eapMsChapV2, msChapV2, pap]";

    public string Users { get; init; } = $"""
        - name: alice
          password: "{Password}"
          groups: [staff]
        - name: bob
          password: "{Password}"
          groups: [guests]
        """;

    public string Lockout { get; init; } = "{}";

    public bool Masquerade { get; init; } = true;

    public bool ClientIsolation { get; init; } = true;

    public string AccessRules { get; init; } = "[]";

    public string DnsServers { get; init; } = "[\"198.51.100.2\"]";

    public string DnsZones { get; init; } = "[]";

    public string Limits { get; init; } = "{}";

    public string DrainTime { get; init; } = "1s";
}
