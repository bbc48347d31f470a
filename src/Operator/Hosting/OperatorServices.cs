using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Events;
using KubeApi.Queueing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Operator.Reconciling;

namespace Operator.Hosting;

/// <summary>What all reconcilers stand on, put into the container.</summary>
internal static class OperatorServices
{
    public static IServiceCollection AddOperator(this IServiceCollection services, OperatorOptions options, ClusterAccess access)
    {
        services.AddSingleton(options);
        services.AddSingleton(access);
        services.AddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<QueueMetrics>();
        services.AddSingleton<ReconcileMetrics>();
        services.AddSingleton(provider => NewClient(provider, access));
        services.AddSingleton(provider => new Watches(
            provider.GetRequiredService<KubeClient>(), options.Namespaces, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Watches>>()));
        services.AddSingleton<SecretStore>();
        services.AddSingleton(
            new EventRecorderOptions { Controller = $"{Resources.ApiGroup.Name}/operator", Instance = options.Identity });
        services.AddSingleton<EventRecorder>();
        services.AddSingleton<IEventRecorder>(provider => provider.GetRequiredService<EventRecorder>());
        services.AddSingleton<ControllerServices>();
        return services.AddKinds(options);
    }

    public static KubeClient NewClient(IServiceProvider provider, ClusterAccess access) => new(
        access,
        new KubeClientOptions { UserAgent = $"sstp-operator/{ProgramVersion.Text} "
            + $"(linux/{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()})" },
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<KubeClient>>());
}
