using Microsoft.Extensions.DependencyInjection;
using Operator.Certificates;
using Operator.Dns;
using Operator.Gateways;

namespace Operator.Hosting;

/// <summary>The kinds that the operator looks after, one line each.</summary>
internal static class RegisteredKinds
{
    public static IServiceCollection AddKinds(this IServiceCollection services, OperatorOptions options) => services
        .AddGateways(options)
        .AddDdnsRecords()
        .AddCertificates();
}
