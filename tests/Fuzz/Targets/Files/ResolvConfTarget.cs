using System.Text;
using DnsProtocol;
using Fuzz.Engine;
using SstpGateway.Dns.Messages;
using SstpGateway.Dns.Zones;

namespace Fuzz.Targets.Files;

internal sealed class ResolvConfTarget : FuzzTarget
{
    public override string Name => "resolv-conf";

    public override IReadOnlyList<Type> Readers => [typeof(ResolvConf)];

    public override int MaxLength => 512;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        var servers = ResolvConf.ReadServers(text, []);
        Oracle.Holds(servers.Count <= ResolvConf.MaxServers, "more servers than are used");
        if (DnsServerAddress.TryParse(text, out var server)) Oracle.Holds(server.Port > 0, "a server without a port");
        if (DnsName.TryParse(text, out var key))
            Oracle.Holds(key.Length is > 0 and <= DnsName.MaxLength, "a name longer than a name can be");
        return servers.Count > 0;
    }
}
