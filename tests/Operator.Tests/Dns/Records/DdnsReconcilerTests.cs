using Operator.Dns;
using Operator.Dns.Records;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Tests.Dns.Providers.Cloudflare;

namespace Operator.Tests.Dns.Records;

public sealed class DdnsReconcilerTests
{
    private const string Mark = "\"v=sstp1; owner=vpn/office; uid=uid-office\"";

    [Fact]
    public async Task A_new_record_is_published_with_its_mark_and_verified_at_every_server()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));

        await bench.PassAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        var status = await bench.PassAsync();

        Assert.Equal(["A vpn.example.com 203.0.113.1", $"TXT _sstp-owner.vpn.example.com {Mark}"], bench.Zone());
        Assert.Equal(["203.0.113.1"], status.Published);
        Assert.Equal(ConditionStatus.True, bench.Condition("Ready").Status);
        Assert.Equal(
            ("True", "AllServersAgree"), (bench.Condition("Verified").Status.ToString(), bench.Condition("Verified").Reason));
        Assert.Equal(
            ["ns1.example.com (192.0.2.53)", "ns2.example.com (192.0.2.54)"], status.Observed.Select(answer => answer.Server));
        Assert.Equal(["Normal Published"], bench.Events);
    }

    [Fact]
    public async Task An_hour_in_which_nothing_changes_costs_no_call_and_no_new_status()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        var calls = bench.Server.Requests.Count;
        var status = System.Text.Json.JsonSerializer.Serialize(bench.Status, ResourceJson.Info<DdnsRecordStatus>());

        await bench.RunAsync(TimeSpan.FromHours(1));

        Assert.Equal(calls, bench.Server.Requests.Count);
        Assert.Equal(status, System.Text.Json.JsonSerializer.Serialize(bench.Status, ResourceJson.Info<DdnsRecordStatus>()));
    }

    [Fact]
    public async Task A_record_of_somebody_is_left_alone_and_named_until_adopt_is_set()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Server.Add("A", "vpn.example.com", "203.0.113.99");

        await bench.PassAsync();
        await bench.PassAsync();

        Assert.Equal(["A vpn.example.com 203.0.113.99"], bench.Zone());
        Assert.Equal("ForeignRecord", bench.Condition("Ready").Reason);
        Assert.Equal(ConditionStatus.True, bench.Condition("Stalled").Status);
        Assert.Equal(["Warning ForeignRecord"], bench.Events);

        bench.Change(RecordBench.Spec(RecordBench.Static("203.0.113.1"), """{"adopt":true}"""));
        await bench.PassAsync();

        Assert.Equal(["A vpn.example.com 203.0.113.1", $"TXT _sstp-owner.vpn.example.com {Mark}"], bench.Zone());
    }

    [Fact]
    public async Task The_mark_of_another_owner_is_respected_and_its_name_told()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Server.Add("TXT", "_sstp-owner.vpn.example.com", "\"v=sstp1; owner=elsewhere/vpn/branch; uid=7\"");

        await bench.PassAsync();

        Assert.Equal("OwnedByAnother", bench.Condition("Published").Reason);
        Assert.Contains("elsewhere/vpn/branch", bench.Condition("Published").Message, StringComparison.Ordinal);
        Assert.Single(bench.Zone());
    }

    [Fact]
    public async Task A_missing_secret_is_said_and_its_coming_is_enough()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"))) { Token = null };
        await bench.PassAsync();
        Assert.Equal(("False", "SecretNotFound"), (bench.Condition("Ready").Status.ToString(), bench.Condition("Ready").Reason));
        Assert.Empty(bench.Server.Requests);

        bench.Token = CloudflareServer.Token;
        await bench.PassAsync();

        Assert.Equal(ConditionStatus.True, bench.Condition("Published").Status);
    }

    [Fact]
    public async Task A_refused_token_stops_all_calls_until_the_secret_changes()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"))) { Token = "wrong" };
        await bench.RunAsync(TimeSpan.FromHours(6));
        var calls = bench.Server.Requests.Count;

        Assert.Equal(1, calls);
        Assert.Equal("Auth", bench.Status.Lockout?.Class);
        Assert.Equal("Auth", bench.Condition("Stalled").Reason);
        Assert.DoesNotContain("wrong", System.Text.Json.JsonSerializer.Serialize(bench.Status), StringComparison.Ordinal);

        bench.Token = CloudflareServer.Token;
        await bench.PassAsync();

        Assert.Null(bench.Status.Lockout);
        Assert.Equal(ConditionStatus.True, bench.Condition("Published").Status);
    }

    [Fact]
    public async Task A_first_publication_is_two_listings_and_one_transaction_of_mark_and_address()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await bench.PassAsync();

        var records = $"zones/{CloudflareServer.ZoneId}/dns_records";
        Assert.Equal(
            ["GET zones", "GET zones", $"GET {records}", $"GET {records}", $"POST {records}/batch"], bench.Server.Requests);
        Assert.Equal(2, bench.Zone().Length);
        Assert.Equal("UpToDate", bench.Condition("Published").Reason);
    }

    [Fact]
    public async Task A_first_publication_that_fails_leaves_neither_mark_nor_address()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Server.Fault = request => request.Method == HttpMethod.Post ? CloudflareServer.Error(500, 1000, "internal") : null;
        await bench.PassAsync();
        Assert.Empty(bench.Zone());

        bench.Server.Fault = _ => null;
        await bench.RunAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(2, bench.Zone().Length);
    }

    [Fact]
    public async Task A_name_that_was_ours_a_moment_ago_is_changed_with_one_call()
    {
        var bench = Reported("203.0.113.1");
        await bench.RunAsync(TimeSpan.FromMinutes(10));
        bench.Server.Requests.Clear();

        for (var i = 2; i < 12; i++)
        {
            bench.Report($"203.0.113.{i}");
            await bench.RunAsync(TimeSpan.FromMinutes(4));
        }

        Assert.Equal("A vpn.example.com 203.0.113.11", bench.Zone()[0]);
        Assert.Equal(10, bench.Server.Requests.Count);
        Assert.All(bench.Server.Requests, request => Assert.StartsWith("PATCH", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_another_took_over_is_not_written_again_although_it_was_ours_a_moment_ago()
    {
        var bench = Reported("203.0.113.1");
        await bench.RunAsync(TimeSpan.FromMinutes(30));
        bench.Server.Records.Single(record => (string?)record["type"] == "TXT")["content"] =
            "\"v=sstp1; owner=elsewhere/a/b; uid=1\"";
        bench.Server.Records.Single(record => (string?)record["type"] == "A")["content"] = "203.0.113.200";

        await bench.RunAsync(TimeSpan.FromMinutes(6));
        bench.Report("203.0.113.2");
        await bench.RunAsync(TimeSpan.FromMinutes(20));

        Assert.Contains("A vpn.example.com 203.0.113.200", bench.Zone());
        Assert.Equal("OwnedByAnother", bench.Condition("Published").Reason);
    }

    [Fact]
    public async Task A_record_that_is_gone_although_it_was_remembered_is_made_again()
    {
        var bench = Reported("203.0.113.1");
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        bench.Server.Remove("A");

        bench.Report("203.0.113.2");
        await bench.RunAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("A vpn.example.com 203.0.113.2", bench.Zone());
    }

    [Fact]
    public async Task A_report_is_published_at_once_and_one_that_is_not_public_never()
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"}},"allowedRanges":["203.0.113.0/24"]}
            """));
        await bench.PassAsync();
        Assert.Equal("SourceFailed", bench.Condition("SourceStable").Reason);

        bench.Report("203.0.113.7");
        await bench.PassAsync();
        bench.Report("10.0.0.1");
        await bench.PassAsync();

        Assert.Contains("A vpn.example.com 203.0.113.7", bench.Zone());
        Assert.Equal("NotPublic", bench.Condition("SourceStable").Reason);
        Assert.Equal(["203.0.113.7"], bench.Status.Published);
    }

    [Fact]
    public async Task The_first_address_of_a_gateway_is_published_whatever_its_health()
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "source":{"kind":"VpnGateway","vpnGateway":{"name":"gw"},"allowedRanges":["203.0.113.0/24"]}
            """)) { Nodes = AddressSet.Parse(["203.0.113.1", "203.0.113.2"]) };

        await bench.PassAsync();

        Assert.Equal(["203.0.113.1", "203.0.113.2"], bench.Status.Published);
    }

    [Fact]
    public async Task A_changed_record_is_repaired_and_a_writer_that_goes_on_is_given_way_and_named()
    {
        var bench = new RecordBench(
            RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: ""","verification":{"interval":"2m"}"""));
        await bench.RunAsync(TimeSpan.FromMinutes(3));
        void Spoil() => bench.Server.Records.Single(record => (string?)record["type"] == "A")["content"] = "203.0.113.66";

        Spoil();
        await bench.RunAsync(TimeSpan.FromMinutes(4));
        Assert.Contains("A vpn.example.com 203.0.113.1", bench.Zone());
        Assert.Contains("Warning Drifted", bench.Events);

        for (var i = 0; i < 4; i++)
        {
            Spoil();
            await bench.RunAsync(TimeSpan.FromMinutes(5));
        }

        Assert.Equal("ContendedRecord", bench.Condition("Ready").Reason);
        Assert.Contains("A vpn.example.com 203.0.113.66", bench.Zone());
    }

    [Fact]
    public async Task Drift_is_only_told_where_that_is_wanted()
    {
        var bench = new RecordBench(
            RecordBench.Spec(RecordBench.Static("203.0.113.1"), more: ""","verification":{"mode":"AlertOnly"}"""));
        await bench.RunAsync(TimeSpan.FromMinutes(3));
        bench.Server.Records.Single(record => (string?)record["type"] == "A")["content"] = "203.0.113.66";

        await bench.RunAsync(TimeSpan.FromMinutes(10));

        Assert.Contains("A vpn.example.com 203.0.113.66", bench.Zone());
        Assert.Equal(("False", "Drifted"), (bench.Condition("Verified").Status.ToString(), bench.Condition("Verified").Reason));
        Assert.Equal(1, bench.Events.Count(told => told == "Warning Drifted"));
    }

    [Fact]
    public async Task A_stale_secondary_is_named_once_it_had_time()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")))
        {
            SecondServer = AddressSet.Parse(["203.0.113.44"]),
        };
        await bench.RunAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("Propagating", bench.Condition("Verified").Reason);

        await bench.RunAsync(TimeSpan.FromMinutes(20));

        Assert.Equal("StaleServer", bench.Condition("Verified").Reason);
        Assert.Contains("ns2.example.com", bench.Condition("Verified").Message, StringComparison.Ordinal);
        Assert.Equal(ConditionStatus.False, bench.Condition("Ready").Status);
        Assert.False(bench.Status.Observed.Single(answer => answer.Server.StartsWith("ns2", StringComparison.Ordinal)).Agrees);
    }

    [Theory]
    [InlineData("""{"deletion":{"action":"Delete"}}""", new string[0])]
    [InlineData("""{"deletion":{"action":"Keep"}}""", new[] { "A vpn.example.com 203.0.113.1" })]
    [InlineData("""{"deletion":{"action":"Replace","replaceWith":["203.0.113.250"]}}""",
        new[] { "A vpn.example.com 203.0.113.250" })]
    public async Task Deletion_does_what_the_policy_says_and_takes_the_mark_away(string policy, string[] left)
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), policy));
        await bench.PassAsync();

        Assert.True((await bench.DeleteAsync()).IsDone);

        Assert.Equal(left, bench.Zone());
    }

    [Fact]
    public async Task Deletion_leaves_a_record_whose_mark_is_not_ours()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await bench.PassAsync();
        bench.Server.Records.Single(record => (string?)record["type"] == "TXT")["content"] =
            "\"v=sstp1; owner=elsewhere/a/b; uid=1\"";

        Assert.True((await bench.DeleteAsync()).IsDone);

        Assert.Equal(2, bench.Zone().Length);
    }

    [Fact]
    public async Task Deletion_without_credentials_is_let_go_with_an_event_and_a_failing_service_is_waited_for()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await bench.PassAsync();
        bench.Server.Fault = _ => CloudflareServer.Error(503, 0, "down");
        await Assert.ThrowsAsync<ReleaseFailedException>(bench.DeleteAsync);

        bench.Token = null;
        Assert.True((await bench.DeleteAsync()).IsDone);

        Assert.Contains("Warning CleanUpGivenUp", bench.Events);
    }

    [Fact]
    public async Task Pause_and_dry_run_send_nothing_that_writes()
    {
        var paused = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await paused.PassAsync(isPaused: true);
        var dry = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1"), """{"dryRun":true}"""));
        await dry.PassAsync();

        Assert.Empty(paused.Server.Requests);
        Assert.Equal("Paused", paused.Condition("Published").Reason);
        Assert.Empty(dry.Server.Requests);
        Assert.Contains("Would publish 203.0.113.1", dry.Condition("Published").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_older_of_two_objects_has_the_name()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Claimants.AddRange(["vpn/first", "vpn/office"]);

        await bench.PassAsync();

        Assert.Equal("DuplicateName", bench.Condition("Ready").Reason);
        Assert.Empty(bench.Server.Requests);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_anything_publishes_nothing_twice()
    {
        var first = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await first.PassAsync();
        var writes = first.Server.Requests.Count(request => !request.StartsWith("GET", StringComparison.Ordinal));

        first.Change(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        await first.PassAsync();

        Assert.Equal(writes, first.Server.Requests.Count(request => !request.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failed_target_is_left_and_gone_back_to_after_the_hold_down()
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "failover":{"holdDown":"5m","targets":[{"name":"a","priority":10,"addresses":["203.0.113.1"]},{"name":"b","priority":20,"addresses":["203.0.113.2"]}]}
            """));
        await bench.PassAsync();
        Assert.Equal(["203.0.113.1"], bench.Status.Published);
        await LooksAsync(bench, "a", ConditionStatus.True);
        await LooksAsync(bench, "b", ConditionStatus.True);

        bench.Down.Add("203.0.113.1");
        await LooksAsync(bench, "a", ConditionStatus.False);
        Assert.Equal(["203.0.113.2"], bench.Status.Published);
        Assert.Contains("Normal Switched", bench.Events);

        bench.Down.Clear();
        await LooksAsync(bench, "a", ConditionStatus.True);
        Assert.Equal(["203.0.113.2"], bench.Status.Published);

        bench.Time.Advance(TimeSpan.FromMinutes(6));
        await bench.PassAsync();
        Assert.Equal(["203.0.113.1"], bench.Status.Published);
        Assert.Contains("A vpn.example.com 203.0.113.1", bench.Zone());
    }

    private static RecordBench Reported(string address)
    {
        var bench = new RecordBench(RecordBench.Spec("""
            "source":{"kind":"Push","push":{"tokenSecret":{"name":"p","key":"t"}},"allowedRanges":["203.0.113.0/24"]}
            """));
        bench.Report(address);
        return bench;
    }

    // The monitor looks on its own thread whenever the clock is moved; passes go on until what it saw is in the status.
    private static Task LooksAsync(RecordBench bench, string target, ConditionStatus health) =>
        TestSupport.Waiting.Eventually.TrueAsync($"{target} {health}", TimeSpan.FromSeconds(30), async () =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(2));
            await bench.PassAsync();
            return bench.Status.Targets.Single(entry => entry.Name == target).Healthy == health;
        });
}
