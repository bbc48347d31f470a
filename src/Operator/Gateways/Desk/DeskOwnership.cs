using KubeApi.Objects;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Desk;

/// <summary>Tells a desk from another Secret of the same name. Pure.</summary>
internal static class DeskOwnership
{
    /// <summary>Whether the operator made it for this very VpnGateway: a Secret's type never changes,
    /// and nobody guesses a uid.</summary>
    public static bool IsDeskOf(ObjectMeta gateway, KubeObject<Secret> secret) =>
        secret.Value.Type == GatewayNames.DeskSecretType
        && secret.Metadata.OwnerReferences.Any(owner => owner.Uid == gateway.Uid);

    /// <summary>Whether it was the desk of a VpnGateway of the same name that is gone,
    /// so that garbage collection is about to take it.</summary>
    public static bool IsLeftOver(ObjectMeta gateway, KubeObject<Secret> secret) =>
        secret.Value.Type == GatewayNames.DeskSecretType
        && secret.Metadata.OwnerReferences.Any(
            owner => owner.Kind == VpnGateway.KindName && owner.Name == gateway.Name && owner.ApiVersion == ApiGroup.ApiVersion);
}
