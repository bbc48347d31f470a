using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using TestSupport.Certificates;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Doctor;

/// <summary>What goes wrong in the world, each staged with running programs, and named
/// right by the doctor and by no other name.</summary>
[Collection(DoctorCollection.Name)]
public sealed class BrokenSetUpTests(DoctorSite site)
{
    [RequiresFact("ip", "named", "dig")]
    public async Task All_is_well() =>
        Assert.Empty(await site.ExamineWithAsync(ClusterSite.Password("alice"), "--user", "alice"));

    [RequiresFact("ip", "named", "dig")]
    public async Task The_name_is_at_an_old_address_at_one_of_its_servers()
    {
        await site.Names.SetAsync(NameServers.Second, "192.0.2.99");

        var codes = await site.ExamineAsync();

        await site.Names.SetAsync(NameServers.Second, DoctorSite.GatewayAddress);
        // Nothing answers at the old address, and the report says that, too.
        Assert.Equal("name-old-address", codes[0]);
        Assert.DoesNotContain(codes.Skip(1), code => code is not ("port-closed" or "port-filtered"));
    }

    [RequiresFact("ip", "named", "dig")]
    public async Task The_name_does_not_exist()
    {
        await site.Names.SetAsync(NameServers.First, null);
        await site.Names.SetAsync(NameServers.Second, null);

        var codes = await site.ExamineAsync();

        await site.Names.SetAsync(NameServers.First, DoctorSite.GatewayAddress);
        await site.Names.SetAsync(NameServers.Second, DoctorSite.GatewayAddress);
        Assert.Equal(["name-missing", "name-missing", "resolver-old-answer"], codes.Order(StringComparer.Ordinal));
    }

    [RequiresFact("ip", "named", "dig", "nft")]
    public async Task The_port_is_closed()
    {
        await site.FilterAsync("filter hook input", "iifname client tcp dport 443 reject with tcp reset");

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["port-closed"], codes);
    }

    [LongFact]
    public async Task A_firewall_drops_the_packets()
    {
        await site.FilterAsync("filter hook input", "iifname client tcp dport 443 drop");

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["port-filtered"], codes);
    }

    [RequiresFact("ip", "named", "dig", "openssl", "nft")]
    public async Task The_router_answers_on_443_with_its_own_page()
    {
        using var router = new TestAuthority();
        await using var server = await site.DivertAsync(8443, router.Issue("router.lan"));

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["tls-intercepted"], codes);
    }

    [LongFact]
    public async Task A_proxy_opens_tls_with_a_certificate_of_its_own_for_the_very_name()
    {
        using var proxy = new TestAuthority();
        await using var server = await site.DivertAsync(8446, proxy.Issue(Laboratory.GatewayName));

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["tls-intercepted"], codes);
    }

    [RequiresFact("ip", "named", "dig", "openssl", "nft")]
    public async Task Only_tls_of_long_ago_is_spoken()
    {
        await using var server = await site.DivertAsync(8444, site.Certificate, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0");

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["tls-too-old"], codes);
    }

    [RequiresFact("ip", "named", "dig", "openssl", "nft")]
    public async Task Another_web_server_has_the_port_and_the_certificate()
    {
        await using var server = await site.DivertAsync(8445, site.Certificate);

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["not-sstp"], codes);
    }

    [LongFact]
    public async Task The_certificate_is_for_another_name()
    {
        await site.Cluster.PutCertificateAsync(site.Laboratory.Authority.Issue("mail.example.test"));
        await site.Cluster.UntilAsync(
            "the refusal", (_, status) => ClusterSite.Condition(status, "CertificateReady", "reason") == "HostnameNotCovered");

        var codes = await site.ExamineAsync();

        await site.ServeAsync(site.Certificate);
        Assert.Equal(["certificate-wrong-name"], codes);
    }

    [LongFact]
    public async Task The_certificate_has_expired()
    {
        await site.Cluster.PutCertificateAsync(site.Laboratory.Authority.Issue(Laboratory.GatewayName, days: 0));
        await site.Cluster.UntilAsync(
            "the refusal", (_, status) => ClusterSite.Condition(status, "CertificateReady", "reason") == "CertificateExpired");

        var codes = await site.ExamineAsync();

        await site.ServeAsync(site.Certificate);
        Assert.Equal(["certificate-expired"], codes);
    }

    [RequiresFact("ip", "named", "dig", "openssl", "nft")]
    public async Task A_balancer_in_front_shows_a_certificate_for_another_name()
    {
        await using var server = await site.DivertAsync(8448, site.Laboratory.Authority.Issue("mail.example.test"));

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["certificate-wrong-name"], codes);
    }

    [LongFact]
    public async Task A_balancer_in_front_shows_a_certificate_that_has_expired()
    {
        await using var server = await site.DivertAsync(8449, site.Laboratory.Authority.Issue(Laboratory.GatewayName, days: 0));

        var codes = await site.ExamineAsync();

        await site.UnfilterAsync();
        Assert.Equal(["certificate-expired"], codes);
    }

    [LongFact]
    public async Task An_authority_of_ones_own_is_believed_without_being_told()
    {
        const string path = "/apis/vpn.sstp-operator.dev/v1alpha1/namespaces/default/sstpcertificates/own";
        await site.Cluster.Api.ApplyAsync(path, (JsonObject)JsonNode.Parse($$"""
            {"apiVersion":"vpn.sstp-operator.dev/v1alpha1","kind":"SstpCertificate","metadata":{"name":"own","namespace":"default"},
             "spec":{"names":["{{Laboratory.GatewayName}}"],"issuer":{"kind":"InternalCa","internalCa":{"caSecret":{"name":"own-ca"},"trustBundleConfigMap":"own-root"} } } }
            """)!);
        await site.Cluster.ChangeSpecAsync(
            new JsonObject { ["certificate"] = new JsonObject { ["secretName"] = null, ["certificateName"] = "own" } });
        await site.Cluster.UntilAsync(
            "the certificate of the authority", path, (_, status) => ClusterSite.Condition(status, "Ready", "status") == "True");
        var serial = (string)(await site.Cluster.Api.GetAsync(path))!["status"]!["serial"]!;
        await site.Cluster.UntilAsync("the gateway to serve it", (_, status) =>
            ((string?)status["gateways"]?[0]?["certificateSerial"])?.TrimStart('0')
                .Equals(serial.TrimStart('0'), StringComparison.OrdinalIgnoreCase) == true);

        var codes = await site.ExamineAsync();

        await site.Cluster.ChangeSpecAsync(
            new JsonObject { ["certificate"] = new JsonObject { ["secretName"] = "vpn-tls", ["certificateName"] = null } });
        await site.ServeAsync(site.Certificate);
        await site.Cluster.Api.DeleteAsync(path);
        Assert.Empty(codes);
    }

    [LongFact]
    public async Task The_gateway_sends_no_intermediate_certificate()
    {
        using var intermediate = site.Laboratory.Authority.Below();
        await site.ServeAsync(intermediate.Issue(Laboratory.GatewayName));

        var codes = await site.ExamineAsync();

        await site.ServeAsync(site.Certificate);
        Assert.Equal(["certificate-chain-incomplete"], codes);
    }

    [RequiresFact("ip", "named", "dig", "faketime")]
    public async Task This_machines_clock_is_wrong() => Assert.Equal(["clock-differs"], await site.ExamineAtAsync("+3h"));

    [RequiresFact("ip", "named", "dig")]
    public async Task The_password_is_wrong() =>
        Assert.Equal(["login-refused"], await site.ExamineWithAsync("not the password", "--user", "alice"));

    [RequiresFact("ip", "named", "dig")]
    public async Task The_user_is_disabled()
    {
        await PutUsersAsync("    disabled: true\n");

        var codes = await site.ExamineWithAsync(ClusterSite.Password("alice"), "--user", "alice");

        await PutUsersAsync("");
        Assert.Equal(["user-locked"], codes);
    }

    [LongFact]
    public async Task The_dns_provider_has_refused_the_credentials()
    {
        // A service of the dyndns2 family that says no.
        var script = site.Laboratory.Folder.Write("badauth.py", """
            import http.server
            class Service(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"badauth\n")
            server = http.server.HTTPServer(("127.0.0.1", 8099), Service)
            print("listens", flush=True)
            server.serve_forever()
            """);
        await using var service = site.Laboratory.GatewayNamespace.Start(
            site.Laboratory.Folder.File("badauth.log"), "/usr/bin/python3", script);
        await service.WaitForOutputAsync("listens", TimeSpan.FromSeconds(60));
        await site.Cluster.PutSecretAsync("dyn", "Opaque", new JsonObject { ["password"] = ClusterSite.Encode("x") });
        IReadOnlyList<string> codes;
        try
        {
            await site.PublishAsync(
                new JsonObject
                {
                    ["kind"] = "Static", ["static"] = new JsonObject { ["addresses"] = new JsonArray("203.0.113.80") },
                },
                new JsonObject
                {
                    ["kind"] = "Dyndns2",
                    ["dyndns2"] = new JsonObject
                    {
                        ["preset"] = "custom", ["endpoint"] = "http://127.0.0.1:8099/nic/update", ["username"] = "me",
                        ["passwordSecret"] = new JsonObject { ["name"] = "dyn", ["key"] = "password" },
                    },
                });
            await site.UntilRecordAsync("the lock-out", status => status["lockout"] is not null);

            codes = await site.ExamineAsync();
        }
        finally
        {
            await site.WithdrawAsync();
        }

        Assert.Contains("provider-locked-out", codes);
        Assert.DoesNotContain(codes, code => code is not ("provider-locked-out" or "gateways-not-ready"));
    }

    [RequiresFact("ip", "named", "dig", "python3")]
    public async Task A_second_router_stands_further_out()
    {
        await using var router = await Router.StartAsync(site.Laboratory);
        await site.Cluster.PutSecretAsync("dyn", "Opaque", new JsonObject { ["password"] = ClusterSite.Encode("x") });
        IReadOnlyList<string> codes;
        try
        {
            await site.PublishAsync(
                new JsonObject
                {
                    ["kind"] = "Router",
                    ["router"] = new JsonObject
                    {
                        ["address"] = Laboratory.InsideHost.ToString(), ["protocols"] = new JsonArray("NatPmp"),
                    },
                },
                new JsonObject
                {
                    ["kind"] = "DuckDns",
                    ["duckDns"] = new JsonObject { ["tokenSecret"] = new JsonObject { ["name"] = "dyn", ["key"] = "password" } },
                });
            await site.UntilRecordAsync("double NAT", status => (bool?)status["router"]?["doubleNat"] == true);

            codes = await site.ExamineAsync();
        }
        finally
        {
            await site.WithdrawAsync();
        }

        Assert.Contains("double-nat", codes);
        Assert.DoesNotContain(codes, code => code is not ("double-nat" or "gateways-not-ready" or "name-not-published"));
    }

    private Task<JsonNode?> PutUsersAsync(string more) => site.Cluster.PutSecretAsync("users", "Opaque", new JsonObject
    {
        ["users.yaml"] = ClusterSite.Encode($"users:\n  - name: alice\n    password: {ClusterSite.Password("alice")}\n{more}"),
    });
}
