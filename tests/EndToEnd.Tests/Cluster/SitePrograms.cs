using EndToEnd.Tests.Programs;
using TestSupport.Files;

namespace EndToEnd.Tests.Cluster;

/// <summary>Which builds a site runs.</summary>
/// <param name="Operator">The operator's assembly.</param>
/// <param name="Gateway">The gateway's assembly.</param>
/// <param name="Definitions">The folder of its CustomResourceDefinitions.</param>
public sealed record SitePrograms(string Operator, string Gateway, string Definitions)
{
    /// <summary>Where a build of the version before lies: the root of its source tree. Set by tests/skew/run.</summary>
    public const string PreviousVariable = "SSTP_E2E_PREVIOUS";

    /// <summary>Those of the version before; null when none was built.</summary>
    public static SitePrograms? Previous { get; } = Environment.GetEnvironmentVariable(PreviousVariable) is { Length: > 0 } root
        ? new(
            Path.Combine(root, "src/Operator/bin/Release/net10.0/sstp-operator.dll"),
            Path.Combine(root, "src/SstpGateway/bin/Release/net10.0/sstp-gateway.dll"),
            Path.Combine(root, "crds"))
        : null;

    /// <summary>Those of this source tree.</summary>
    public static SitePrograms Current { get; } =
        new(Repository.Program("Operator", "sstp-operator"), GatewayProcess.Program, Path.Combine(Repository.Root, "crds"));
}
