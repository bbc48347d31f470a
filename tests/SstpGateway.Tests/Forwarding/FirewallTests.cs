using System.Net;
using GatewayConfig.Network;
using SstpGateway.Addressing;
using SstpGateway.Forwarding;
using SstpTransport.Nftables;
using TestSupport.Namespaces;
using TestSupport.Prerequisites;

namespace SstpGateway.Tests.Forwarding;

/// <summary>What the kernel has is read with <c>nft</c>, which shares no code with the table's text.</summary>
public class FirewallTests
{
    private static readonly FirewallClient Alice = FirewallRulesTests.Alice;

    [RequiresFact("ip", "nft")]
    public void The_kernel_takes_every_kind_of_rule() => OwnNamespace.Run(() =>
    {
        AccessRuleConfig[] rules =
        [
            .. from action in Enum.GetValues<AccessAction>()
               from protocol in Enum.GetValues<AccessProtocol>()
               from groups in new string[][] { [], ["staff"] }
               from to in new string[][]
               {
                   [], ["0.0.0.0/0"], ["10.0.0.0/8", "10.0.0.0/8", "192.0.2.1/32"],
                   ["::/0", "2001:db8::/32"], ["10.0.0.0/8", "fd00::/8"],
               }
               from ports in protocol is AccessProtocol.Tcp or AccessProtocol.Udp
                   ? new string[][] { [], ["0-65535"], ["53", "53", "80-90"] }
                   : [[]]
               select new AccessRuleConfig { Action = action, Protocol = protocol, Groups = groups, To = to, Ports = ports },
        ];

        using var firewall = Firewall.Open(Rules(rules));

        Assert.Contains("@clients0_4", Listed(), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Clients_come_and_go() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        firewall.AddClient(Alice);
        Assert.Contains("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
        Assert.Contains("2001:db8:0:1::", Listed("clients0_6"), StringComparison.Ordinal);

        firewall.RemoveClient(Alice);
        firewall.RemoveClient(Alice);
        Assert.DoesNotContain("elements", Listed("clients0_4"), StringComparison.Ordinal);
        Assert.DoesNotContain("elements", Listed("clients0_6"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void An_address_that_changes_hands_takes_no_rights_along() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        firewall.AddClient(Alice);
        firewall.AddClient(new FirewallClient("bob", [], new AddressLease("bob", Alice.Address4, null)));
        Assert.DoesNotContain("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
        Assert.Contains("10.254.0.2", Listed("clients1_4"), StringComparison.Ordinal);

        // The old call ends late; the new one keeps what is its own.
        firewall.RemoveClient(Alice);
        Assert.Contains("10.254.0.2", Listed("clients1_4"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void An_old_call_that_ends_late_leaves_the_same_users_new_call_alone() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        var again = Alice with { Lease = new AddressLease(Alice.User, Alice.Address4, Alice.Prefix6) };
        firewall.AddClient(Alice);
        firewall.AddClient(again);

        firewall.RemoveClient(Alice);
        Assert.Contains("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
        firewall.RemoveClient(again);
        Assert.DoesNotContain("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void New_rules_take_over_with_the_connected_clients() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        firewall.AddClient(Alice);

        firewall.Apply(Rules([new AccessRuleConfig { Users = ["alice"], Action = AccessAction.Deny }]));

        Assert.Contains("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
        Assert.DoesNotContain("clients1_4", Listed(), StringComparison.Ordinal);
        firewall.RemoveClient(Alice);
        Assert.DoesNotContain("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Rules_the_kernel_refuses_leave_the_present_ones_in_force() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        firewall.AddClient(Alice);
        var refused = new FirewallRules(FirewallRulesTests.WithRules with { Device = "a\" nonsense" }, FirewallRulesTests.Plan);

        Assert.Throws<NftablesException>(() => firewall.Apply(refused));

        Assert.Contains("10.254.0.2", Listed("clients0_4"), StringComparison.Ordinal);
        firewall.AddClient(FirewallRulesTests.Bob);
        Assert.Contains("10.254.0.3", Listed("clients1_4"), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Replaces_a_table_that_a_predecessor_left() => OwnNamespace.Run(() =>
    {
        OwnNamespace.Output("nft", "add table inet sstp_t0; add chain inet sstp_t0 stale");
        using var firewall = Open();
        Assert.DoesNotContain("stale", Listed(), StringComparison.Ordinal);
    });

    [RequiresFact("ip", "nft")]
    public void Survives_a_flush_of_the_hosts_rules_and_leaves_nothing_behind() => OwnNamespace.Run(() =>
    {
        using (Open())
        {
            OwnNamespace.Output("nft", "flush", "ruleset");
            Assert.Contains("masquerade", Listed(), StringComparison.Ordinal);
        }

        Assert.Equal("", OwnNamespace.Output("nft", "list", "ruleset"));
    });

    [RequiresFact("ip", "nft")]
    public void A_change_is_cheap_also_with_five_thousand_clients() => OwnNamespace.Run(() =>
    {
        using var firewall = Open();
        var clients = Enumerable.Range(0, 5_000)
            .Select(i => new AddressLease(
                "alice", new IPAddress([10, 1, (byte)(i >> 8), (byte)i]), IPNetwork.Parse($"2001:db8:1:{i:x}::/64")))
            .Select(lease => Alice with { Lease = lease })
            .ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var client in clients) firewall.AddClient(client);

        // About 0.2 ms each; reading sets of that size back for every change would take minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        firewall.RemoveClient(clients[2500]);
        Assert.DoesNotContain(clients[2500].Address4 + ",", Listed("clients0_4"), StringComparison.Ordinal);
    });

    private static Firewall Open() => Firewall.Open(new FirewallRules(FirewallRulesTests.WithRules, FirewallRulesTests.Plan));

    private static FirewallRules Rules(AccessRuleConfig[] rules) =>
        new(FirewallRulesTests.WithRules with { AccessRules = rules }, FirewallRulesTests.Plan);

    private static string Listed() => OwnNamespace.Output("nft", "list", "table", "inet", "sstp_t0");

    private static string Listed(string set) => OwnNamespace.Output("nft", "list", "set", "inet", "sstp_t0", set);
}
