namespace GatewayConfig.Channel;

/// <summary>All that a gateway tells about itself. Holds no secret: challenge tokens are public by their nature.</summary>
public sealed record GatewayStatus
{
    /// <summary>See <see cref="ChannelProtocol"/>.</summary>
    public int ChannelVersion { get; init; }

    /// <summary>Of <see cref="ChannelCapability"/>, and maybe newer ones.</summary>
    public IReadOnlyList<string> Capabilities { get; init => field = value ?? []; } = [];

    public string ProgramVersion { get; init => field = value ?? ""; } = "";

    /// <summary>When the process started: another time means another process, which holds no challenges.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public AppliedConfiguration Configuration { get; init => field = value ?? new(); } = new();

    /// <summary>What was refused last, as long as nothing newer took its place; null when there is nothing to mend.</summary>
    public RefusedConfiguration? Refused { get; init; }

    /// <summary>In the order of preference; the first one is for clients that send no name.</summary>
    public IReadOnlyList<ServedCertificate> Certificates { get; init => field = value ?? []; } = [];

    public IReadOnlyList<RefusedCertificate> RefusedCertificates { get; init => field = value ?? []; } = [];

    /// <summary>Calls that are up.</summary>
    public int Sessions { get; init; }

    public PoolReport Pools { get; init => field = value ?? new(0, 0, 0, 0); } = new(0, 0, 0, 0);

    /// <summary>Why no calls should be sent here, in sentences; empty when they are welcome.</summary>
    public IReadOnlyList<string> Obstacles { get; init => field = value ?? []; } = [];

    public bool IsDraining { get; init; }

    /// <summary>Tokens of the HTTP-01 challenges it answers.</summary>
    public IReadOnlyList<string> HttpChallenges { get; init => field = value ?? []; } = [];

    /// <summary>Names of the TLS-ALPN-01 challenges it answers.</summary>
    public IReadOnlyList<string> TlsAlpnChallenges { get; init => field = value ?? []; } = [];

    /// <summary>Names of the revocation lists it serves, with their <see cref="ContentDigest"/>.</summary>
    public IReadOnlyDictionary<string, string> RevocationLists { get; init =>
        field = value ?? new Dictionary<string, string>(); } =
        new Dictionary<string, string>();
}
