using System.Net;
using GatewayConfig.Addressing;
using GatewayConfig.Network;
using SstpGateway.Addressing;
using SstpGateway.Forwarding;

namespace SstpGateway.Tests.Forwarding;

public class FirewallRulesTests
{
    internal static readonly AddressPlan Plan =
        new(new AddressingConfig { Pools4 = ["10.254.0.0/22"], Pools6 = ["2001:db8::/56"] });

    internal static readonly FirewallClient Alice =
        new("alice", ["staff"], new AddressLease("alice", IPAddress.Parse("10.254.0.2"), IPNetwork.Parse("2001:db8:0:1::/64")));

    internal static readonly FirewallClient Bob = new("bob", [], new AddressLease("bob", IPAddress.Parse("10.254.0.3"), null));

    internal static readonly NetworkConfig WithRules = new()
    {
        Device = "t0",
        AccessRules =
        [
            new AccessRuleConfig
            {
                Groups = ["staff", "admins"],
                To = ["10.0.0.0/8", "10.1.0.0/16", "2001:db8:100::/40"],
                Protocol = AccessProtocol.Tcp,
                Ports = ["443", "8000-8100", "8050-8200"],
            },
            new AccessRuleConfig { Users = ["bob"], To = ["192.0.2.0/24"] },
            new AccessRuleConfig { Groups = ["admins", "staff"], Protocol = AccessProtocol.Icmp },
            new AccessRuleConfig { Action = AccessAction.Deny },
        ],
    };

    [Fact]
    public void Without_rules_the_table_masquerades_and_keeps_clients_apart()
    {
        var rules = new FirewallRules(new NetworkConfig { Device = "sstp0" }, Plan);
        Assert.Equal("inet sstp_sstp0", rules.Table);
        Assert.Equal(
            """
            add table inet sstp_sstp0
            delete table inet sstp_sstp0
            table inet sstp_sstp0 {
            	flags owner
            	chain from_clients {
            		oifname "sstp0" drop
            	}
            	chain to_gateway {
            		ip daddr 127.0.0.0/8 drop
            		ip6 daddr ::1 drop
            		icmp type redirect drop
            		icmpv6 type { nd-router-advert, nd-redirect } drop
            	}
            	chain forward {
            		type filter hook forward priority filter; policy accept;
            		iifname "sstp0" jump from_clients
            	}
            	chain input {
            		type filter hook input priority filter; policy accept;
            		iifname "sstp0" jump to_gateway
            	}
            	chain postrouting {
            		type nat hook postrouting priority srcnat; policy accept;
            		iifname "sstp0" oifname != "sstp0" masquerade
            	}
            }

            """,
            rules.CreateText([Alice]));
        Assert.Equal("", rules.AddText(Alice));
    }

    [Fact]
    public void Rules_become_lines_in_their_order_and_clients_members_of_sets()
    {
        Assert.Equal(
            """
            delete table inet sstp_t0
            table inet sstp_t0 {
            	flags owner
            	set clients0_4 {
            		type ipv4_addr
            		elements = { 10.254.0.2 }
            	}
            	set clients0_6 {
            		type ipv6_addr
            		elements = { 2001:db8:0:1:: }
            	}
            	set clients1_4 {
            		type ipv4_addr
            		elements = { 10.254.0.3 }
            	}
            	set clients1_6 {
            		type ipv6_addr
            	}
            	chain access {
            		ip saddr @clients0_4 ip daddr { 10.0.0.0/8 } meta l4proto tcp th dport { 443, 8000-8200 } counter accept
            		ip6 saddr and ffff:ffff:ffff:ffff:: @clients0_6 ip6 daddr { 2001:db8:100::/40 } meta l4proto tcp th dport { 443, 8000-8200 } counter accept
            		ip saddr @clients1_4 ip daddr { 192.0.2.0/24 } counter accept
            		ip saddr @clients0_4 meta l4proto icmp counter accept
            		ip6 saddr and ffff:ffff:ffff:ffff:: @clients0_6 meta l4proto ipv6-icmp counter accept
            		meta nfproto ipv4 counter reject with icmpx admin-prohibited
            		meta nfproto ipv6 counter reject with icmpx admin-prohibited
            	}
            	chain from_clients {
            		oifname "t0" drop
            		ct direction reply accept
            		jump access
            	}
            	chain to_gateway {
            		ip daddr 127.0.0.0/8 drop
            		ip6 daddr ::1 drop
            		icmp type redirect drop
            		icmpv6 type { nd-router-advert, nd-redirect } drop
            		ip daddr 10.254.0.1 meta l4proto { tcp, udp } th dport 53 accept
            		ip daddr 10.254.0.1 meta l4proto { icmp, ipv6-icmp } accept
            		ip6 daddr 2001:db8::1 meta l4proto { tcp, udp } th dport 53 accept
            		ip6 daddr 2001:db8::1 meta l4proto { icmp, ipv6-icmp } accept
            		ip6 saddr fe80::/10 meta l4proto ipv6-icmp accept
            		ct direction reply accept
            		jump access
            	}
            	chain forward {
            		type filter hook forward priority filter; policy accept;
            		iifname "t0" jump from_clients
            	}
            	chain input {
            		type filter hook input priority filter; policy accept;
            		iifname "t0" jump to_gateway
            	}
            	chain postrouting {
            		type nat hook postrouting priority srcnat; policy accept;
            		iifname "t0" oifname != "t0" masquerade
            	}
            }

            """,
            new FirewallRules(WithRules, Plan).ReplaceText([Alice, Bob]));
    }

    [Fact]
    public void A_client_goes_into_the_sets_of_its_rules_once_each()
    {
        var rules = new FirewallRules(WithRules, Plan);
        Assert.Equal(
            "add element inet sstp_t0 clients0_4 { 10.254.0.2 }\nadd element inet sstp_t0 clients0_6 { 2001:db8:0:1:: }\n",
            rules.AddText(Alice));
        Assert.Equal("delete element inet sstp_t0 clients1_4 { 10.254.0.3 }\n", rules.RemoveText(Bob));
        Assert.Equal("", rules.AddText(Bob with { User = "carol" }));
    }

    [Fact]
    public void Routed_mode_and_no_isolation_leave_their_lines_out()
    {
        var text = new FirewallRules(new NetworkConfig { Masquerade = false, ClientIsolation = false }, Plan).CreateText([]);
        Assert.DoesNotContain("masquerade", text, StringComparison.Ordinal);
        Assert.DoesNotContain("oifname", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_to_networks_of_one_family_says_nothing_about_the_other()
    {
        var text = new FirewallRules(
            new NetworkConfig { AccessRules = [new AccessRuleConfig { Action = AccessAction.Deny, To = ["2001:db8:100::/40"] }] },
            Plan).CreateText([]);
        Assert.Contains("meta nfproto ipv6 ip6 daddr { 2001:db8:100::/40 } counter reject", text, StringComparison.Ordinal);
        Assert.DoesNotContain("meta nfproto ipv4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_users_and_groups_never_reach_the_text()
    {
        const string Hostile = "x }; flush ruleset; {";
        var rules = new FirewallRules(
            new NetworkConfig { AccessRules = [new AccessRuleConfig { Users = [Hostile], Groups = [Hostile] }] }, Plan);
        var text = rules.CreateText([Alice with { User = Hostile }]) + rules.AddText(Alice with { Groups = [Hostile] });
        Assert.DoesNotContain("flush", text, StringComparison.Ordinal);
        Assert.Contains("10.254.0.2", text, StringComparison.Ordinal);
    }
}
