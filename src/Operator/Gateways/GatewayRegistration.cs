using KubeApi.Objects;
using Microsoft.Extensions.DependencyInjection;
using Operator.Gateways.Channel;
using Operator.Gateways.Desk;
using Operator.Gateways.Planning;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways;

/// <summary>How VpnGateways join the operator.</summary>
internal static class GatewayRegistration
{
    public static IServiceCollection AddGateways(this IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton<GatewayCaches>();
        services.AddSingleton<ChannelSecrets>();
        services.AddSingleton<IGatewayChannels>(provider => new GatewayChannels(
            () => provider.GetRequiredService<ChannelSecrets>().Credentials, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<GatewayFleet>();
        services.AddSingleton<GatewayGatherer>();
        services.AddSingleton<GatewayApplier>();
        services.AddSingleton<DeskClerk>();
        services.AddSingleton<IController, DeskController>();
        if (options.MetricsClientSecret is not null) services.AddSingleton<IController, MetricsClientController>();
        return services.AddController<VpnGateway, VpnGatewayStatus, GatewayReconciler>(Kinds.VpnGateways, controller => controller
            .Owns(BuiltIn.Deployments, GatewayNames.GatewayLabel)
            .Owns(BuiltIn.DaemonSets, GatewayNames.GatewayLabel)
            .Owns(BuiltIn.ConfigMaps, GatewayNames.GatewayLabel)
            .Owns(BuiltIn.ServiceAccounts, GatewayNames.GatewayLabel)
            .Owns(BuiltIn.Services, GatewayNames.GatewayLabel)
            .Owns(BuiltIn.PodDisruptionBudgets, GatewayNames.GatewayLabel)
            .Follows(BuiltIn.Pods, change => [GatewayCaches.GatewayOf(change.Current)], GatewayNames.GatewayLabel)
            .RefersTo(Kinds.DdnsRecords, gateway => GatewayNames.Record(gateway) is { } record ? [record] : [])
            .RefersTo(Kinds.SstpCertificates, gateway =>
                GatewayNames.Certificate(gateway) is { } certificate ? [certificate] : [])
            .RefersToSecrets(SecretsOf));
    }

    /// <summary>The Secret of an SstpCertificate that is referred to by name shows in that
    /// certificate's status when it changes.</summary>
    private static IEnumerable<string> SecretsOf(VpnGateway gateway) =>
        new[]
        {
            gateway.Spec.Authentication.UsersSecret?.Name,
            GatewayNames.TlsSecret(gateway, null),
            GatewayNames.Config(gateway.Metadata.Name),
            GatewayNames.Channel(gateway.Metadata.Name),
        }.OfType<string>();
}
