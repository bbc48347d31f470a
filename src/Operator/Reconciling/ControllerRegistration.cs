using KubeApi.Objects;
using Microsoft.Extensions.DependencyInjection;
using Operator.Resources;

namespace Operator.Reconciling;

/// <summary>How a kind joins the operator.</summary>
public static class ControllerRegistration
{
    /// <summary>Runs a reconciler for a kind. It is made by the container, so it may
    /// ask for whatever it needs, such as <see cref="Watches"/> and <see cref="SecretStore"/>.</summary>
    /// <param name="follow">Which other changes are a reason for a pass.</param>
    public static IServiceCollection AddController<T, TStatus, TReconciler>(
        this IServiceCollection services, ResourceType<T> type, Action<ControllerBuilder<T>> follow)
        where T : notnull
        where TStatus : ResourceStatus, new()
        where TReconciler : class, IReconciler<T, TStatus>
    {
        services.AddSingleton<TReconciler>();
        services.AddSingleton<IController>(provider => new ResourceController<T, TStatus>(
            type, provider.GetRequiredService<TReconciler>(), follow, provider.GetRequiredService<ControllerServices>()));
        return services;
    }
}
