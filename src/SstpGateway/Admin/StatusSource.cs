using System.Reflection;
using GatewayConfig.Channel;
using SstpGateway.Addressing;
using SstpGateway.Authentication;
using SstpGateway.Certificates;
using SstpGateway.Challenges;
using SstpGateway.Configuration;
using SstpGateway.Sessions;

namespace SstpGateway.Admin;

/// <summary>Gathers what a gateway tells its operator about itself. Called from any thread.</summary>
internal sealed class StatusSource(
    RunningConfiguration running,
    UsersFile usersFile,
    LocalUsers users,
    CertificateStore certificates,
    SessionHost sessions,
    SessionTable table,
    AddressAllocator addresses,
    IReadiness readiness,
    ChallengeBook challenges,
    RevocationLists revocationLists,
    DateTimeOffset startedAt)
{
    /// <summary>The version that this program was built as.</summary>
    internal static readonly string Version =
        typeof(StatusSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public GatewayStatus Report()
    {
        var usage = addresses.Usage;
        return new GatewayStatus
        {
            ChannelVersion = ChannelProtocol.Version,
            Capabilities = ChannelCapability.All,
            ProgramVersion = Version,
            StartedAt = startedAt,
            Configuration = running.InForce with { UsersDigest = usersFile.Digest, Users = users.Directory.Count },
            // A mounted users file is followed by itself; to the operator it is part of the configuration.
            Refused = running.Refused ?? usersFile.Refused,
            Certificates = certificates.Served(),
            RefusedCertificates = certificates.Refused(),
            Sessions = table.Count,
            Pools = new PoolReport(usage.Total4, usage.Total4 - usage.Leased4, usage.Total6, usage.Total6 - usage.Leased6),
            Obstacles = readiness.Obstacles(),
            IsDraining = sessions.IsDraining,
            HttpChallenges = challenges.HttpTokens,
            TlsAlpnChallenges = challenges.TlsAlpnNames,
            RevocationLists = revocationLists.Digests,
        };
    }
}
