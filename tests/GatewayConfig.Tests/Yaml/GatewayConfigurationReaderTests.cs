using GatewayConfig.Authentication;
using GatewayConfig.Decoy;
using GatewayConfig.Yaml;

namespace GatewayConfig.Tests.Yaml;

public sealed class GatewayConfigurationReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("tls:\n  # all keys of the section are commented out\nlimits:\n")]
    public void Gives_the_defaults_for_what_the_file_leaves_out(string text)
    {
        var read = Read(text);

        Assert.Equivalent(new GatewayConfiguration(), read, strict: true);
    }

    [Fact]
    public void Reads_every_field()
    {
        // TlsPolicy has one word besides the default, and that one does not go with tls13.
        string[] sameAsDefault = ["tls.policy", "dns.forwarder"];
        var defaults = ConfigurationFields.Of(new GatewayConfiguration())
            .ToDictionary(field => field.Path, field => ConfigurationFields.Written(field.Value));

        var read = ConfigurationFields.Of(Read(EveryField.Text)).ToList();

        Assert.Equal(defaults.Keys.Order(), read.Select(field => field.Path).Order());
        Assert.DoesNotContain(
            read,
            field => !sameAsDefault.Contains(field.Path) && ConfigurationFields.Written(field.Value) == defaults[field.Path]);
    }

    [Fact]
    public void Reads_words_lists_durations_and_nulls()
    {
        var read = Read(
            "authentication: {methods: [eapMsChapV2, pap]}\nadmin: {listen: null}\naddressing: {leaseFile: ~, leaseMemory: "
            + "1h30m}\ndecoy: {kind: notFound, serverHeader: ''}\n");

        Assert.Equal([MethodName.EapMsChapV2, MethodName.Pap], read.Authentication.Methods);
        Assert.Null(read.Admin.Listen);
        Assert.Null(read.Addressing.LeaseFile);
        Assert.Equal(TimeSpan.FromMinutes(90), read.Addressing.LeaseMemory);
        Assert.Equal((DecoyKind.NotFound, ""), (read.Decoy.Kind, read.Decoy.ServerHeader));
    }

    [Fact]
    public void Tells_all_mistakes_at_once_in_the_order_of_the_file_whether_it_cannot_read_them_or_does_not_allow_them()
    {
        var errors = Errors("""
            limits:
              calls: many
              callsPerUser: 0
            network:
              mtu: 9000
              masquerade: yes
            addresing: {}
            dns:
              zones:
                - zone: corp.example
                  servers: []
                - zone: "-"
                  servers: [192.0.2.1]
            """);

        Assert.Equal(
            [
                "line 2, limits.calls: is 'many'; give a whole number",
                "line 3, limits.callsPerUser: is 0; give 1 to 10000",
                "line 5, network.mtu: is 9000; give 1280 to 4087",
                "line 6, network.masquerade: is 'yes'; give true or false",
                "line 7, addresing: is not a known key; did you mean addressing?",
                "line 11, dns.zones[0].servers: has 0 entries; give 1 to 8",
                "line 12, dns.zones[1].zone: is '-'; give a DNS name such as corp.example, without a final dot, "
                + "international names in their xn-- form",
            ],
            errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Says_which_keys_there_are_when_a_key_is_like_none_of_them() =>
        Assert.Equal(
            "line 1, listening.banana: is not a known key; known here: addresses, allowedSources, httpPort",
            Assert.Single(Errors("listening: {banana: 1}")).ToString());

    [Fact]
    public void Does_not_take_a_field_for_another_one_when_only_the_case_differs() =>
        Assert.Contains(
            "did you mean pools4?", Assert.Single(Errors("addressing: {Pools4: []}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("limits: {calls: 1, calls: 2}", "not YAML")]
    [InlineData("limits: {calls: 1", "not YAML")]
    [InlineData("hostname: 'x", "not YAML")]
    [InlineData("? : [\nf", "not YAML")]
    [InlineData("hostname: [\nx: y\n", "not YAML")]
    [InlineData("dns:\n  servers: []\n  ! servers: []\n", "is given twice")]
    [InlineData("- a\n- b\n", "not a mapping")]
    [InlineData("just text", "not a mapping")]
    [InlineData("a: 1\n---\nb: 2\n", "more than one document")]
    [InlineData("hostname: &a x.example\ndecoy: {serverHeader: *a}", "alias")]
    [InlineData("{[a]: b}", "not plain text")]
    public void Refuses_what_is_not_one_plain_mapping(string text, string expected) =>
        Assert.Contains(Errors(text), error => error.Message.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Refuses_nesting_that_would_exhaust_the_stack() =>
        Assert.Contains(
            "nested too deeply", Assert.Single(Errors("a: " + new string('[', 200_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_file_that_is_too_long() =>
        Assert.Contains(
            "give at most", Assert.Single(Errors(new string('#', GatewayConfigurationReader.MaxLength + 1))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("network: {routes: 10.0.0.0/8}", "network.routes", "put '- ' in front")]
    [InlineData("network: {routes: }", "network.routes", "has no value")]
    [InlineData("network: {mtu: }", "network.mtu", "has no value")]
    [InlineData("network: {mtu: [1400]}", "network.mtu", "not a single value")]
    [InlineData("network: {mtu: 14e2}", "network.mtu", "whole number")]
    [InlineData("network: [a]", "network", "not a mapping")]
    [InlineData("network: {routes: [[a]]}", "network.routes[0]", "not a single value")]
    [InlineData("tls: {certificates: [x]}", "tls.certificates[0]", "not a mapping")]
    [InlineData("tls: {policy: Modern}", "tls.policy", "give one of modern, legacyRouterOs")]
    [InlineData("tls: {minimumVersion: 1.2}", "tls.minimumVersion", "give one of tls12, tls13")]
    [InlineData("authentication: {methods: [mschap]}", "authentication.methods[0]",
        "give one of eapMsChapV2, msChapV2, chapMd5, pap")]
    [InlineData("drainTime: 30", "drainTime", "give a duration such as 30s")]
    [InlineData("hostname: null\nlimits: {calls: null}", "limits.calls", "has no value")]
    public void Says_what_to_write_instead(string text, string path, string expected)
    {
        var error = Errors(text).First(error => error.Path == path);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static GatewayConfiguration Read(string text)
    {
        Assert.True(GatewayConfigurationReader.TryRead(text, out var configuration, out var errors), string.Join('\n', errors));
        return configuration;
    }

    private static IReadOnlyList<ConfigurationError> Errors(string text)
    {
        Assert.False(GatewayConfigurationReader.TryRead(text, out _, out var errors));
        return errors;
    }
}
