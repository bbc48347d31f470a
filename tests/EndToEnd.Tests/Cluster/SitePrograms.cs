using EndToEnd.Tests.Programs;
using TestSupport.Files;

namespace EndToEnd.Tests.Cluster;

/// <summary>Which builds a site runs.</summary>
/// <param name="Operator">The operator's assembly.</param>
/// <param name="Gateway">The gateway's assembly.</param>
/// <param name="Definitions">The folder of its CustomResourceDefinitions.</param>
public sealed record SitePrograms(string Operator, string Gateway, string Definitions)
{
    /// <summary>Those of this source tree.</summary>
    public static SitePrograms Current { get; } =
        new(Repository.Program("Operator", "sstp-operator"), GatewayProcess.Program, Path.Combine(Repository.Root, "crds"));
}
