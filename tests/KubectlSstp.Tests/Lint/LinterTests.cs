using KubectlSstp.Lint;
using TestSupport.Files;

namespace KubectlSstp.Tests.Lint;

public sealed class LinterTests : IDisposable
{
    private const string Gateway = """
        apiVersion: vpn.sstp-operator.dev/v1alpha1
        kind: VpnGateway
        metadata: {name: office, namespace: vpn}
        spec:
          hostname: vpn.example.org
          certificate: {certificateName: office}
          publication: {recordName: office}
          authentication: {usersSecret: {name: users}}

        """;

    private const string Certificate = """
        apiVersion: vpn.sstp-operator.dev/v1alpha1
        kind: SstpCertificate
        metadata: {name: office, namespace: vpn}
        spec:
          names: [vpn.example.org]
          issuer: {kind: InternalCa, internalCa: {caSecret: {name: ca}}}

        """;

    private const string Record = """
        apiVersion: vpn.sstp-operator.dev/v1alpha1
        kind: DdnsRecord
        metadata: {name: office, namespace: vpn}
        spec:
          fqdn: vpn.example.org
          source: {kind: Static, static: {addresses: [203.0.113.10]}}
          provider: {kind: DuckDns, duckDns: {tokenSecret: {name: duck, key: token}}}

        """;

    private const string Secrets = """
        apiVersion: v1
        kind: Secret
        metadata: {name: users, namespace: vpn}
        stringData:
          users.yaml: |
            users:
              - name: alice
                password: Wonder-land 42
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: duck, namespace: vpn}
        data: {token: YWJj}

        """;

    private readonly TemporaryFolder _folder = new("lint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_that_belong_together_have_no_finding() => Assert.Empty(Check(Gateway, Certificate, Record, Secrets));

    [Theory]
    [InlineData("examples/home-office")]
    [InlineData("examples/enterprise-branch")]
    [InlineData("examples/certificates")]
    [InlineData("examples/ddns")]
    public void The_examples_have_no_errors(string folder) =>
        Assert.DoesNotContain(
            Linter.Check([Path.Combine(Repository.Root, folder)], "default", out _),
            finding => finding.Severity == Severity.Error);

    [Fact]
    public void What_is_not_in_the_files_is_a_warning_for_it_may_be_in_the_cluster()
    {
        var findings = Check(Gateway);

        Assert.All(findings, finding => Assert.Equal(Severity.Warning, finding.Severity));
        Assert.Equal(
            ["spec.authentication.usersSecret", "spec.certificate.certificateName", "spec.publication.recordName"],
            findings.Select(finding => finding.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_field_that_no_kind_has_is_found_by_its_path() =>
        Finds(
            "spec.publicaton", "known field",
            Gateway.Replace("publication:", "publicaton:", StringComparison.Ordinal), Certificate, Secrets);

    [Fact]
    public void A_rule_of_the_definition_is_run() =>
        Finds(
            "spec.certificate", "exactly one of",
            Gateway.Replace("{certificateName: office}", "{certificateName: office, secretName: tls}", StringComparison.Ordinal),
            Certificate, Record, Secrets);

    [Fact]
    public void What_the_gateway_would_refuse_is_found() =>
        Finds(
            "spec.addressing", "10.0.0.0", Gateway + "  addressing: {pools4: [10.0.0.0/24, 10.0.0.0/25]}\n",
            Certificate, Record, Secrets);

    [Fact]
    public void A_certificate_for_another_name() =>
        Finds(
            "spec.certificate.certificateName", "not for vpn.example.org", Gateway,
            Certificate.Replace("[vpn.example.org]", "[mail.example.org]", StringComparison.Ordinal), Record, Secrets);

    [Fact]
    public void A_wildcard_covers_one_label()
    {
        Assert.Empty(Check(
            Gateway, Certificate.Replace("[vpn.example.org]", "['*.example.org']", StringComparison.Ordinal), Record, Secrets));
        Finds(
            "spec.certificate.certificateName", "not for vpn.example.org", Gateway,
            Certificate.Replace("[vpn.example.org]", "['*.org']", StringComparison.Ordinal), Record, Secrets);
    }

    [Fact]
    public void A_record_for_another_name() =>
        Finds(
            "spec.publication.recordName", "clients dial vpn.example.org", Gateway, Certificate,
            Record.Replace("fqdn: vpn", "fqdn: home", StringComparison.Ordinal), Secrets);

    [Fact]
    public void A_key_that_the_secret_has_not() =>
        Finds(
            "spec.provider.duckDns.tokenSecret", "has no key token: it has tocken", Gateway, Certificate, Record,
            Secrets.Replace("token:", "tocken:", StringComparison.Ordinal));

    [Fact]
    public void The_same_object_twice() => Finds("metadata.name", "keep one", Gateway, Certificate, Record, Record, Secrets);

    [Fact]
    public void Two_records_of_one_name() =>
        Finds(
            "spec.fqdn", "is published by", Gateway, Certificate, Record,
            Record.Replace("name: office", "name: other", StringComparison.Ordinal), Secrets);

    [Fact]
    public void Two_certificates_into_one_secret() =>
        Finds(
            "spec.output.secretName", "writes into Secret office", Gateway, Certificate,
            Certificate.Replace("name: office", "name: other", StringComparison.Ordinal) + "  output: {secretName: office}\n",
            Record, Secrets);

    [Fact]
    public void A_name_that_the_operator_needs() =>
        Finds(
            "metadata.name", "the operator calls its own object", Gateway, Certificate, Record,
            Secrets.Replace("name: duck", "name: office-config", StringComparison.Ordinal));

    [Fact]
    public void A_template_beside_the_object_that_it_makes() =>
        Finds("metadata.name", "from its template", Gateway.Replace(
            "{certificateName: office}", "{template: {issuer: {kind: InternalCa, internalCa: {caSecret: {name: ca}}}}}",
            StringComparison.Ordinal), Certificate, Record, Secrets);

    [Fact]
    public void Users_that_the_gateway_would_not_read() =>
        Finds(
            "users.yaml", "", Gateway, Certificate, Record,
            Secrets.Replace("name: alice", "nam: alice", StringComparison.Ordinal));

    [Fact]
    public void What_is_no_yaml_is_named_with_its_line()
    {
        var finding = Assert.Single(Check("a: b\nc: [\n"));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("line ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_file_of_a_folder_that_cannot_be_read_is_a_finding_of_its_own()
    {
        File.WriteAllText(_folder.File("a.yaml"), "a: [\n");
        File.WriteAllText(_folder.File("b.yaml"), "kind: Nothing\n");

        var findings = Linter.Check([_folder.Path], "default", out _);

        Assert.Collection(
            findings,
            first => Assert.Contains("a.yaml: line 2", first.Message, StringComparison.Ordinal),
            second => Assert.Contains("b.yaml: ", second.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error() => Assert.Single(Linter.Check(["/no/such/file.yaml"], "default", out _));

    private void Finds(string field, string words, params string[] files)
    {
        var errors = Check(files).Where(finding => finding.Severity == Severity.Error).ToList();

        Assert.True(
            errors.Any(error => error.Field.StartsWith(field, StringComparison.Ordinal)
                && error.Message.Contains(words, StringComparison.Ordinal)),
            string.Join("\n", errors));
    }

    private IReadOnlyList<LintFinding> Check(params string[] files) =>
        Linter.Check(files.Select((text, number) => _folder.Write($"{number}.yaml", text)), "default", out _);
}
