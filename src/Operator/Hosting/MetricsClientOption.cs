using System.CommandLine;

namespace Operator.Hosting;

/// <summary><c>--metrics-client-secret</c>, of all verbs that run the operator.</summary>
internal static class MetricsClientOption
{
    public static Option<string?> Create(string ownNamespace) => new("--metrics-client-secret")
    {
        Description = $"Secret, in {ownNamespace}, in which a client certificate is kept that reads gateways' metrics and may do "
            + "nothing else: for Prometheus. Left out: none is made.",
    };
}
