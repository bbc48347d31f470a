using GatewayConfig.Channel;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Vantages;

/// <summary>Operators elsewhere as points of view.</summary>
public interface IPeerVantages
{
    /// <summary>Has an operator elsewhere look. Only cancellation is thrown.</summary>
    Task<Testimony> AskAsync(string ns, PeerOperator peer, ProbeRequest request, CancellationToken stopping);
}
