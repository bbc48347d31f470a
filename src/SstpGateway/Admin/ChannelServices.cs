using GatewayConfig.Channel;
using SstpGateway.Admin.Probing;
using SstpGateway.Challenges;
using SstpGateway.Configuration;

namespace SstpGateway.Admin;

/// <summary>What the channel to the operator reaches of a gateway.</summary>
/// <param name="Status">Asked for each answer. Called from any thread.</param>
/// <param name="CallAddresses">"address:port" where calls come in.</param>
public sealed record ChannelServices(
    Func<GatewayStatus> Status,
    IReadOnlyList<string> CallAddresses,
    BundleIntake Bundles,
    ChallengeBook Challenges,
    RevocationLists RevocationLists,
    PlainHttpServer PlainHttp,
    ProbeGuard Probing);
