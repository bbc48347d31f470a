using KubectlSstp.Doctor;
using KubectlSstp.Doctor.Facts;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;
using SstpClient.Probe;
using SstpClient.Probe.Reports;

namespace KubectlSstp.Tests.Doctor;

public class DiagnosisTests
{
    [Fact]
    public void A_gateway_that_works_has_no_findings_but_good_ones() =>
        Assert.All(
            Diagnosis.Of(Well()),
            finding => Assert.Equal(finding.Check == "from outside" ? Verdict.NotChecked : Verdict.Good, finding.Verdict));

    [Fact]
    public void No_operator() =>
        Finds(Well() with { Gateway = Well().Gateway with { Status = null } }, "operator", "systemctl status sstp-operator");

    [Fact]
    public void A_gateway_without_tun_device() => Finds(
        Well() with { Gateway = Gateway(ConditionStatus.False, "edge-3 has no /dev/net/tun") },
        "gateways", "kubectl describe vpngw office");

    [Fact]
    public void A_clock_that_is_wrong() =>
        Finds(Well() with { ClockAhead = TimeSpan.FromHours(-3) }, "clock", "time synchronisation");

    [Fact]
    public void A_token_of_the_dns_provider_that_was_refused() => Finds(
        Well() with
        {
            Record = Record(new DdnsRecordStatus { Lockout = new() { Class = "Auth", Message = "badauth: the token is wrong" } }),
        },
        "dns provider", "correct the credentials");

    [Fact]
    public void Double_nat() => Finds(
        Well() with
        {
            Record = Record(new DdnsRecordStatus
            {
                Published = ["203.0.113.10"], Router = new() { DoubleNat = true, ExternalAddress = "100.64.3.7" },
            }),
        },
        "double NAT", "carrier-grade NAT");

    [Fact]
    public void A_stale_secondary() => Finds(
        Well() with { Names = [new("ns1", true, ["203.0.113.10"], null), new("ns2", true, ["198.51.100.9"], null)] },
        "name server", "stale secondary");

    [Fact]
    public void A_name_server_that_is_silent() => Finds(
        Well() with { Names = [new("ns1", true, [], "no answer in 5 s")] }, "name server", "whoever runs that server");

    [Fact]
    public void A_zone_that_is_not_delegated() =>
        Finds(Well() with { NameProblem = "vpn.example.org: NXDOMAIN" }, "name", "delegated");

    [Fact]
    public void A_port_that_is_closed() =>
        Finds(Well() with { Addresses = [At(Report(ProbeStep.Tcp, "no answer"), null)] }, "port", "Something drops the packets");

    [Fact]
    public void Hairpin_nat_is_not_mistaken_for_a_closed_port()
    {
        var facts = Well() with
        {
            Record = Record(new DdnsRecordStatus
            {
                Published = ["203.0.113.10"], Conditions = [Condition("Reachable", ConditionStatus.True)],
            }),
            Addresses = [At(Report(ProbeStep.Tcp, "no answer"), null)],
        };

        var finding = Assert.Single(Diagnosis.Of(facts), finding => finding.Check == "hairpin NAT");
        Assert.Equal(Verdict.Warning, finding.Verdict);
        Assert.DoesNotContain(Diagnosis.Of(facts), other => other.Check == "port");
    }

    [Fact]
    public void A_router_that_answers_on_443_itself() => Finds(
        Well() with
        {
            Addresses = [At(
                Report(ProbeStep.Tls, "not trusted"),
                Tls("CN=router.lan", "CN=router.lan", ["router.lan"], 900, CertificateFault.Root) with { Serial = "0666" })],
        },
        "interception", "router's own web page");

    [Fact]
    public void A_router_that_answers_itself_inside_while_the_gateway_is_reached_from_outside_is_hairpin_nat()
    {
        var facts = Outside(ConditionStatus.True, "Reached") with
        {
            Addresses = [At(Report(ProbeStep.Tls, "not trusted"), Tls(
                "CN=router.lan", "CN=router.lan", ["router.lan"], 900, CertificateFault.Name,
                CertificateFault.Root) with { Serial = "0666" })],
        };

        Assert.Contains(Diagnosis.Of(facts), finding => finding is { Code: FindingCode.HairpinNat, Verdict: Verdict.Warning });
        Assert.DoesNotContain(Diagnosis.Of(facts), finding => finding.Verdict == Verdict.Problem);
    }

    [Fact]
    public void A_proxy_inside_is_no_hairpin_nat() => Finds(
        Outside(ConditionStatus.True, "Reached") with
        {
            Addresses = [At(
                Report(null, ""),
                Tls("CN=vpn.example.org", "CN=Company proxy", ["vpn.example.org"], 60) with { Serial = "1234" })],
        },
        "interception", "proxy that opens TLS");

    [Fact]
    public void What_others_meet_from_outside_is_named_though_all_is_well_here() =>
        Finds(Outside(ConditionStatus.True, "AnotherAnswers"), "from outside", "something else than the gateway");

    [Fact]
    public void Reached_from_here_and_not_from_outside() => Finds(
        Outside(ConditionStatus.False, "NotReachable") with
        {
            Addresses = [At(
                Report(null, "") with { Steps = [new StepReport(ProbeStep.Tcp, true, 1, "")] },
                Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 60))],
        },
        "from outside", "behind the same router");

    [Theory]
    [InlineData("CertificateWrongName", CertificateFault.Name)]
    [InlineData("CertificateExpired", CertificateFault.Time)]
    [InlineData("TlsIntercepted", CertificateFault.Chain)]
    [InlineData("TlsIntercepted", CertificateFault.Root)]
    [InlineData("TlsIntercepted", CertificateFault.Name, CertificateFault.Root)]
    public void Another_certificate_is_named_by_what_is_wrong_with_it_on_the_wire(
        string code, params CertificateFault[] faults) =>
        Assert.Equal(
            [code],
            Codes(Well() with
            {
                Addresses = [At(Report(ProbeStep.Tls, "x"), Tls("CN=x", "CN=R11", ["x"], 1, faults) with { Serial = "0666" })],
            }));

    [Theory]
    [InlineData("CertificateWrongName", CertificateFault.Name)]
    [InlineData("CertificateExpired", CertificateFault.Time)]
    [InlineData("CertificateChainIncomplete", CertificateFault.Chain)]
    [InlineData("CertificateUntrusted", CertificateFault.Root)]
    [InlineData("TlsIntercepted", CertificateFault.Name, CertificateFault.Root)]
    public void Without_an_operator_the_wire_is_enough(string code, params CertificateFault[] faults) => Assert.Equal(
        ["OperatorSilent", code],
        Codes(Well() with
        {
            Gateway = Well().Gateway with { Status = null },
            Addresses = [At(Report(ProbeStep.Tls, "x"), Tls("CN=x", "CN=R11", ["x"], 1, faults))],
        }));

    [Theory]
    [InlineData("HeldBack", "UserLocked", "spec.authentication.lockout")]
    [InlineData("Disabled", "UserLocked", "user enable office alice")]
    [InlineData("Expired", "UserLocked", "another date")]
    [InlineData("UnknownUser", "LoginRefused", "There is no user alice")]
    [InlineData("WrongPassword", "LoginRefused", "user passwd office alice")]
    [InlineData("UnsuitableMethod", "LoginRefused", "PAP")]
    [InlineData("TooManyCalls", "LoginRefused", "kick")]
    [InlineData("AddressesExhausted", "AddressesExhausted", "pools4")]
    public void A_refused_log_in_is_explained_by_the_gateways_log(string kind, string code, string whatToDo) => Assert.Contains(
        Diagnosis.Of(Well() with
        {
            User = "alice", Refusal = Failed(Enum.Parse<FailureClass>(kind)),
            Addresses = [At(Report(ProbeStep.Login, "refused"), Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 60))],
        }),
        finding => finding.Code.ToString() == code && finding.WhatToDo!.Contains(whatToDo, StringComparison.Ordinal)
            && finding.Found.Contains("the reason", StringComparison.Ordinal));

    [Fact]
    public void Every_class_of_failure_has_words_of_its_own_and_something_to_do()
    {
        var findings = FailureDiagnosis.Of(Well() with
        {
            Failures = [.. Enum.GetValues<FailureClass>().Select(kind => new FailureCount(kind, 2, Failed(kind)))],
        })
            .ToList();

        Assert.Equal(Enum.GetValues<FailureClass>().Length, findings.Select(finding => finding.Found).Distinct().Count());
        Assert.All(findings, finding => Assert.NotEmpty(finding.WhatToDo!));
        Assert.All(findings, finding => Assert.StartsWith("2 ", finding.Found, StringComparison.Ordinal));
    }

    [Fact]
    public void A_log_that_may_not_be_read_is_said_not_to_be_checked() =>
        Assert.Equal(Verdict.NotChecked, Assert.Single(FailureDiagnosis.Of(Well() with { LogProblem = "no right" })).Verdict);

    [Fact]
    public void An_expired_certificate() => Finds(
        Well() with
        {
            Addresses = [At(
                Report(ProbeStep.Tls, "expired"),
                Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], -2, CertificateFault.Time))],
        },
        "certificate", "kubectl describe sstpcert");

    [Fact]
    public void A_certificate_that_expires_soon_is_a_warning()
    {
        var facts = Well() with
        {
            Addresses = [At(Report(null, ""), Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 3))],
        };

        Assert.Equal(Verdict.Warning, Assert.Single(Diagnosis.Of(facts), finding => finding.Check == "certificate").Verdict);
    }

    [Fact]
    public void A_web_server_in_the_place_of_the_gateway() => Finds(
        Well() with
        {
            Addresses =
            [
                At(Report(ProbeStep.Http, "404 Not Found"), Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 60)),
            ],
        },
        "sstp", "another web server has it");

    [Fact]
    public void A_proxy_with_a_certificate_of_its_own_for_the_name_is_seen_by_the_serial_number() => Finds(
        Well() with { Addresses =
        [
            At(Report(null, ""), Tls("CN=vpn.example.org", "CN=Company proxy", ["vpn.example.org"], 60) with { Serial = "1234" }),
        ] },
        "interception", "proxy that opens TLS");

    [Fact]
    public void Each_finding_that_is_not_good_has_its_code() => Assert.All(
        Diagnosis.Of(Well() with
        {
            NameProblem = "x",
            ClockAhead = TimeSpan.FromHours(1),
            Failures = [new(FailureClass.HeldBack, 3, Failed(FailureClass.HeldBack))],
        }),
        finding => Assert.Equal(finding.Verdict is Verdict.Good or Verdict.NotChecked, finding.Code is null));

    [Theory]
    [InlineData("192.0.2.1: no answer; a firewall may drop port 443", "PortFiltered")]
    [InlineData("nothing came within 5 s", "PortFiltered")]
    [InlineData("192.0.2.1: Connection refused", "PortClosed")]
    public void A_closed_port_and_a_filtered_one_are_told_apart(string detail, string code) => Assert.Contains(
        Diagnosis.Of(Well() with { Addresses = [At(Report(ProbeStep.Tcp, detail), null)] }),
        finding => finding.Code.ToString() == code);

    [Theory]
    [InlineData(AccountState.Usual, "LoginRefused")]
    [InlineData(AccountState.Disabled, "UserLocked")]
    [InlineData(AccountState.Expired, "UserLocked")]
    [InlineData(null, "LoginRefused")]
    public void A_refused_log_in_is_explained_by_the_users_entry(object? account, string code) => Assert.Contains(
        Diagnosis.Of(Well() with
        {
            User = "alice", IsUserListKnown = true, Account = (AccountState?)account,
            Addresses = [At(Report(ProbeStep.Login, "refused"), Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 60))],
        }),
        finding => finding.Code.ToString() == code);

    private static void Finds(GatewayFacts facts, string check, string whatToDo)
    {
        var problems = Diagnosis.Of(facts).Where(finding => finding.Verdict == Verdict.Problem).ToList();

        Assert.Equal(check, problems[0].Check);
        Assert.Contains(problems, problem => problem.WhatToDo!.Contains(whatToDo, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Codes(GatewayFacts facts) =>
        Diagnosis.Of(facts).Select(finding => finding.Code).OfType<FindingCode>().Select(code => code.ToString());

    private static FailedCall Failed(FailureClass kind) =>
        new(kind, "alice", "203.0.113.7", "2026-03-01T12:00:00Z", "the reason");

    private static GatewayFacts Outside(ConditionStatus status, string reason) => Well() with
    {
        Record = Record(new DdnsRecordStatus
        {
            Published = ["203.0.113.10"],
            Conditions = [Condition("Reachable", status, "what was seen") with { Reason = reason }],
            Reachability = [new() { Point = "gateway away", Reached = status == ConditionStatus.True ? ["203.0.113.10"] : [] }],
        }) with { Spec = new() { Verification = new() { Reachability = new() { Vantages = ["away"] } } } },
    };

    private static GatewayFacts Well() => new()
    {
        Gateway = Gateway(ConditionStatus.True, "1 gateway serves vpn.example.org."),
        Record = Record(new DdnsRecordStatus { Published = ["203.0.113.10"] }),
        Certificate = new SstpCertificate { Status = new() { Issuer = "CN=R11" } },
        ClockAhead = TimeSpan.FromSeconds(2),
        Names = [new("ns1", true, ["203.0.113.10"], null), new("192.0.2.53", false, ["203.0.113.10"], null)],
        Addresses = [At(Report(null, ""), Tls("CN=vpn.example.org", "CN=R11", ["vpn.example.org"], 60))],
    };

    private static VpnGateway Gateway(ConditionStatus ready, string message) => new()
    {
        Metadata = new() { Name = "office", Namespace = "vpn", Generation = 1 },
        Spec = new() { Hostname = "vpn.example.org" },
        Status = new()
        {
            ObservedGeneration = 1,
            Conditions = [Condition("Ready", ready, message)],
            Gateways =
            [
                new() { Name = "office-0", Node = "node1", Address = "203.0.113.10", Ready = true, CertificateSerial = "C0FFEE" },
            ],
        },
    };

    private static DdnsRecord Record(DdnsRecordStatus status) => new() { Metadata = new() { Name = "office" }, Status = status };

    private static Condition Condition(string type, ConditionStatus status, string message = "") =>
        new() { Type = type, Status = status, Reason = "Test", Message = message };

    private static AddressFacts At(ProbeReport report, TlsFindings? tls) => new("203.0.113.10", report with { Tls = tls });

    private static TlsFindings Tls(
        string subject, string issuer, string[] names, int daysLeft, params CertificateFault[] faults) =>
        new(
            "TLS 1.3", "TLS_AES_256_GCM_SHA384", subject, issuer, names, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch,
            daysLeft, "00", [.. faults.Select(fault => fault.ToString())])
        {
            Serial = "00C0FFEE",
            Faults = faults,
        };

    private static ProbeReport Report(ProbeStep? failed, string detail) => new()
    {
        Host = "vpn.example.org",
        Port = 443,
        Steps = failed is { } step ? [new StepReport(step, false, 1, detail)] : [new StepReport(ProbeStep.Sstp, true, 1, "ack")],
    };
}
