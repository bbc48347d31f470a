namespace GatewayConfig.Channel;

/// <summary>All that a gateway runs from, in one piece: it is taken whole or not at all.</summary>
public sealed record ConfigurationBundle
{
    /// <summary>
    /// Higher than that of any other content this gateway was ever given, by push or by mount; 1 or more. An operator that has
    /// lost count goes on from <see cref="AppliedConfiguration.Revision"/>.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>Text of gateway.yaml. Its own <c>revision</c> is of no account; relative paths in it
    /// mean what they mean in the mounted file.</summary>
    public string Configuration { get; init => field = value ?? ""; } = "";

    /// <summary>Text of the users file, in place of the one that <c>authentication.usersFile</c> names;
    /// null leaves that one.</summary>
    public string? Users { get; init; }

    /// <summary>
    /// In place of the files that <c>tls.certificates</c> names; null leaves those of the bundle before, or the files when none
    /// had any. The first one has to cover <c>hostname</c>.
    /// </summary>
    public IReadOnlyList<CertificatePem>? Certificates { get; init; }

    public override string ToString() => $"configuration bundle of revision {Revision}";
}
