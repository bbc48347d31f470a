using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using GatewayConfig.Network;
using SstpGateway.Addressing;

namespace SstpGateway.Forwarding;

/// <summary>The gateway's own nftables table as text in nft's language. Pure.</summary>
/// <remarks>
/// Nothing a user can choose gets into the text: sets are numbered, networks and ports are parsed and written anew. The
/// table only ever drops or rewrites what comes in on the tunnel device; everything else on the host passes it by.
/// </remarks>
public sealed class FirewallRules
{
    private const string ClientMask6 = "ffff:ffff:ffff:ffff::";
    private const string Reject = "reject with icmpx admin-prohibited";

    private readonly NetworkConfig _config;
    private readonly AddressPlan _plan;
    private readonly List<ClientSelector> _selectors = [];

    /// <param name="config">Validated.</param>
    public FirewallRules(NetworkConfig config, AddressPlan plan)
    {
        _config = config;
        _plan = plan;
        foreach (var selector in config.AccessRules.Select(rule => new ClientSelector(rule)))
            if (!selector.IsEveryone && !_selectors.Contains(selector)) _selectors.Add(selector);
    }

    public string Table => $"inet sstp_{_config.Device}";

    /// <summary>Makes the table in place of one that a killed predecessor without the owner flag, or nobody, left.</summary>
    public string CreateText(IReadOnlyCollection<FirewallClient> clients) =>
        $"add table {Table}\ndelete table {Table}\n{TableText(clients)}";

    /// <summary>Makes the table in place of the one this process made before.</summary>
    public string ReplaceText(IReadOnlyCollection<FirewallClient> clients) => $"delete table {Table}\n{TableText(clients)}";

    /// <summary>Puts a client into the sets of the rules that are for it; empty when none is.</summary>
    public string AddText(FirewallClient client) => ElementText("add", client);

    /// <summary>Takes a client out of the same sets.</summary>
    public string RemoveText(FirewallClient client) => ElementText("delete", client);

    private string ElementText(string verb, FirewallClient client)
    {
        var text = new StringBuilder();
        foreach (var set in SetsOf(client))
        {
            text.Append(CultureInfo.InvariantCulture, $"{verb} element {Table} clients{set}_4 {{ {client.Address4} }}\n");
            if (client.Prefix6 is { } prefix)
                text.Append(CultureInfo.InvariantCulture, $"{verb} element {Table} clients{set}_6 {{ {prefix.BaseAddress} }}\n");
        }

        return text.ToString();
    }

    private IEnumerable<int> SetsOf(FirewallClient client) =>
        Enumerable.Range(0, _selectors.Count).Where(set => _selectors[set].Matches(client.User, client.Groups));

    private string TableText(IReadOnlyCollection<FirewallClient> clients)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"table {Table} {{\n\tflags owner\n");
        AppendSets(text, clients);
        if (_config.AccessRules.Count > 0) AppendChain(text, "access", _config.AccessRules.SelectMany(RuleLines));
        AppendChain(text, "from_clients", FromClients());
        AppendChain(text, "to_gateway", ToGateway());
        AppendChain(text, "forward", [
            "type filter hook forward priority filter; policy accept;", $"iifname \"{_config.Device}\" jump from_clients"]);
        AppendChain(text, "input", [
            "type filter hook input priority filter; policy accept;", $"iifname \"{_config.Device}\" jump to_gateway"]);
        if (_config.Masquerade)
        {
            AppendChain(text, "postrouting", [
                "type nat hook postrouting priority srcnat; policy accept;",
                $"iifname \"{_config.Device}\" oifname != \"{_config.Device}\" masquerade"]);
        }

        return text.Append("}\n").ToString();
    }

    private void AppendSets(StringBuilder text, IReadOnlyCollection<FirewallClient> clients)
    {
        for (var set = 0; set < _selectors.Count; set++)
        {
            var members = clients.Where(client => _selectors[set].Matches(client.User, client.Groups)).ToList();
            AppendSet(text, $"clients{set}_4", "ipv4_addr", members.Select(client => client.Address4));
            AppendSet(text, $"clients{set}_6", "ipv6_addr",
                members.Where(client => client.Prefix6 is not null).Select(client => client.Prefix6!.Value.BaseAddress));
        }
    }

    private static void AppendSet(StringBuilder text, string name, string type, IEnumerable<IPAddress> elements)
    {
        text.Append(CultureInfo.InvariantCulture, $"\tset {name} {{\n\t\ttype {type}\n");
        var list = string.Join(", ", elements);
        if (list.Length > 0) text.Append(CultureInfo.InvariantCulture, $"\t\telements = {{ {list} }}\n");
        text.Append("\t}\n");
    }

    private static void AppendChain(StringBuilder text, string name, IEnumerable<string> lines)
    {
        text.Append(CultureInfo.InvariantCulture, $"\tchain {name} {{\n");
        foreach (var line in lines) text.Append(CultureInfo.InvariantCulture, $"\t\t{line}\n");
        text.Append("\t}\n");
    }

    private IEnumerable<string> FromClients()
    {
        // A second fence: the packet path keeps clients apart before a packet gets here.
        if (_config.ClientIsolation) yield return $"oifname \"{_config.Device}\" drop";
        foreach (var line in CheckAccess()) yield return line;
    }

    private IEnumerable<string> ToGateway()
    {
        // With route_localnet set, as some cluster networks do, the host's loopback services would be within reach.
        yield return "ip daddr 127.0.0.0/8 drop";
        yield return "ip6 daddr ::1 drop";

        // A client is no router: where the host would believe one, it could draw the host's own traffic into its call.
        yield return "icmp type redirect drop";
        yield return "icmpv6 type { nd-router-advert, nd-redirect } drop";
        if (_config.AccessRules.Count == 0) yield break;

        // What the tunnel itself needs works whatever the rules say: names, ping of the gateway, neighbour discovery.
        foreach (var gateway in new[]
        {
            $"ip daddr {_plan.Gateway4}", _plan.Gateway6 is null ? null : $"ip6 daddr {_plan.Gateway6}",
        })
        {
            if (gateway is null) continue;
            yield return $"{gateway} meta l4proto {{ tcp, udp }} th dport 53 accept";
            yield return $"{gateway} meta l4proto {{ icmp, ipv6-icmp }} accept";
        }

        yield return "ip6 saddr fe80::/10 meta l4proto ipv6-icmp accept";
        foreach (var line in CheckAccess()) yield return line;
    }

    private IEnumerable<string> CheckAccess()
    {
        if (_config.AccessRules.Count == 0) yield break;

        // Rules say what clients may start; answers to what the inside started are no new access.
        yield return "ct direction reply accept";
        yield return "jump access";
    }

    private IEnumerable<string> RuleLines(AccessRuleConfig rule)
    {
        var to = rule.To.Select(IPNetwork.Parse).ToList();
        foreach (var family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
        {
            var networks = to.Where(network => network.BaseAddress.AddressFamily == family).ToList();
            if (to.Count > 0 && networks.Count == 0) continue;

            var isIpv4 = family == AddressFamily.InterNetwork;
            var parts = new[]
            {
                Source(new ClientSelector(rule), isIpv4),
                Destination(networks, isIpv4),
                Transport(rule, isIpv4),
                "counter",
                rule.Action == AccessAction.Allow ? "accept" : Reject,
            };
            yield return string.Join(' ', parts.Where(part => part.Length > 0));
        }
    }

    private string Source(ClientSelector selector, bool isIpv4)
    {
        if (selector.IsEveryone) return isIpv4 ? "meta nfproto ipv4" : "meta nfproto ipv6";

        // /64s are kept as single masked addresses: a set of intervals would be read back whole for every change.
        var set = _selectors.IndexOf(selector);
        return isIpv4 ? $"ip saddr @clients{set}_4" : $"ip6 saddr and {ClientMask6} @clients{set}_6";
    }

    private static string Destination(List<IPNetwork> networks, bool isIpv4)
    {
        // nft refuses a set whose intervals overlap, so a network inside another one of the list is left out.
        var widest = networks.Distinct().Where(network => !networks.Exists(other =>
            other.PrefixLength < network.PrefixLength && other.Contains(network.BaseAddress))).ToList();
        if (widest.Count == 0 || widest.Exists(network => network.PrefixLength == 0)) return "";
        return $"{(isIpv4 ? "ip" : "ip6")} daddr {{ {string.Join(", ", widest)} }}";
    }

    private static string Transport(AccessRuleConfig rule, bool isIpv4)
    {
        var protocol = rule.Protocol switch
        {
            AccessProtocol.Tcp => "meta l4proto tcp",
            AccessProtocol.Udp => "meta l4proto udp",
            AccessProtocol.Icmp => isIpv4 ? "meta l4proto icmp" : "meta l4proto ipv6-icmp",
            _ => rule.Ports.Count > 0 ? "meta l4proto { tcp, udp }" : "",
        };
        return rule.Ports.Count == 0 ? protocol : $"{protocol} th dport {{ {string.Join(", ", PortRange.Merge(rule.Ports))} }}";
    }
}
