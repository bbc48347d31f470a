using Operator.Resources.Validation;

namespace Operator.Resources.VpnGateways;

public sealed class VpnGatewaySpecValidator : RuleValidator<VpnGatewaySpec>
{
    public VpnGatewaySpecValidator()
    {
        Keeps("publication needs", spec => spec.Publication is null || spec.Hostname is not null);
        Keeps("certificate.template needs", spec => spec.Certificate?.Template is null || spec.Hostname is not null);
        Keeps("network.masquerade", spec =>
            spec.Network.Masquerade || spec.Workload is { Kind: WorkloadKind.Deployment, Replicas: <= 1 });
        Keeps("listening.httpPort", spec => spec.Listening.HttpPort != spec.Listening.Port
            && spec.Listening.HttpPort != spec.Administration.ChannelPort
            && spec.Listening.HttpPort != spec.Administration.ProbePort);
        Keeps("listening.port,", spec =>
            new[] { spec.Listening.Port, spec.Administration.ChannelPort, spec.Administration.ProbePort }.Distinct().Count()
                == 3);
    }
}
