using Microsoft.Extensions.DependencyInjection;

namespace Operator.Hosting;

/// <summary>The kinds that the operator looks after, one line each.</summary>
internal static class RegisteredKinds
{
    public static void AddTo(IServiceCollection services)
    {
        _ = services;
    }
}
