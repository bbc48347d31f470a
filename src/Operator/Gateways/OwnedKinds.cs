using KubeApi.Objects;
using Operator.Resources;

namespace Operator.Gateways;

/// <summary>The kinds that are made for a gateway.</summary>
internal static class OwnedKinds
{
    public static IReadOnlyList<ResourceType> All { get; } =
    [
        BuiltIn.Secrets, BuiltIn.ConfigMaps, BuiltIn.ServiceAccounts, BuiltIn.Services, BuiltIn.Deployments, BuiltIn.DaemonSets,
        BuiltIn.PodDisruptionBudgets, Kinds.DdnsRecords, Kinds.SstpCertificates,
    ];

    /// <exception cref="KeyNotFoundException">Plans hold no such kind.</exception>
    public static ResourceType Of(string apiVersion, string kind) =>
        All.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion)
        ?? throw new KeyNotFoundException($"{apiVersion} {kind} is no kind that is made for a gateway.");
}
