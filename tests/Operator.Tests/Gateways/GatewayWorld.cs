using System.Text.Json.Nodes;
using KubeApi.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Gateways;
using Operator.Gateways.Channel;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.VpnGateways;
using Operator.Tests.Reconciling;
using TestSupport.Time;

namespace Operator.Tests.Gateways;

/// <summary>What the operator's parts for gateways share, on an API in memory and a clock of the test's own.</summary>
internal sealed class GatewayWorld : IDisposable
{
    /// <param name="gateways">How gateways are reached; null for the way that is used in earnest.</param>
    public GatewayWorld(IGatewayChannels? gateways = null)
    {
        Api = new InMemoryApi(Time);
        Client = Api.NewClient();
        Watches = new Watches(Client, [], Time, NullLogger<Watches>.Instance);
        Secrets = new SecretStore(Client, Watches);
        Caches = new GatewayCaches(Watches, Secrets);
        Channel = new ChannelSecrets(
            Client, Secrets, new OperatorOptions { OwnNamespace = "operator" }, Time, NullLogger<ChannelSecrets>.Instance);
        Fleet = new GatewayFleet(Caches, gateways ?? new GatewayChannels(() => Channel.Credentials, Time), Channel, Time);
    }

    public ManualTime Time { get; } = new();

    public InMemoryApi Api { get; }

    public KubeClient Client { get; }

    public Watches Watches { get; }

    public SecretStore Secrets { get; }

    public GatewayCaches Caches { get; }

    public ChannelSecrets Channel { get; }

    public GatewayFleet Fleet { get; }

    /// <summary>A VpnGateway in namespace ns, with the uid uid-NAME.</summary>
    public void PutGateway(string name, JsonObject spec) =>
        Api.Put($"/apis/{ApiGroup.ApiVersion}/namespaces/ns/vpngateways/{name}", new JsonObject
        {
            ["apiVersion"] = ApiGroup.ApiVersion,
            ["kind"] = VpnGateway.KindName,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "ns", ["uid"] = $"uid-{name}" },
            ["spec"] = spec,
        });

    /// <summary>After whatever runs on it has ended.</summary>
    public void Dispose()
    {
        Fleet.Dispose();
        Channel.Dispose();
        Client.Dispose();
        Api.Dispose();
    }
}
