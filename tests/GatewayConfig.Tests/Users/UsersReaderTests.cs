using GatewayConfig.Users;
using GatewayConfig.Yaml;

namespace GatewayConfig.Tests.Users;

public class UsersReaderTests
{
    private const string NtHash = "44EBBA8D5312B8D611474411F56989AE";

    [Fact]
    public void Reads_every_field()
    {
        var users = Read($"""
            users:
              - name: alice
                ntHash: "{NtHash}"
                groups: [staff, admins]
                address4: 10.254.0.10
                address6: fd00:1:0:5::/64
                expires: 2027-01-31
              - name: bob@example.org
                password: correct horse
                totpSecret: JBSWY3DPEHPK3PXPJBSWY3DPEH
                disabled: true
            """);

        var alice = users.Users[0];
        Assert.Equal(
            ("alice", NtHash, "10.254.0.10", "fd00:1:0:5::/64", "2027-01-31"),
            (alice.Name, alice.NtHash, alice.Address4, alice.Address6, alice.Expires));
        Assert.Equal(["staff", "admins"], alice.Groups);
        Assert.False(alice.Disabled);
        var bob = users.Users[1];
        Assert.Equal(("bob@example.org", "correct horse", true), (bob.Name, bob.Password, bob.Disabled));
        Assert.NotNull(bob.TotpSecret);
    }

    [Theory]
    [InlineData("")]
    [InlineData("users: []")]
    public void Takes_a_file_without_users(string text) => Assert.Empty(Read(text).Users);

    [Fact]
    public void Names_every_mistake_with_its_place_and_line_at_once()
    {
        var errors = Errors("""
            users:
              - name: alice
                ntHash: "1234"
                address4: 10.254.0.300
              - name: Alice
                password: x
                verifier: y
                expires: soon
              - groups: [a, a]
                address6: fd00::/48
            """);

        Assert.Equal(
            [
                "line 3, users[0].ntHash: is no NT hash; give 32 hexadecimal digits, in quotes",
                "line 4, users[0].address4: is '10.254.0.300'; give an IPv4 address such as 10.254.0.10",
                "line 5, users[1].name: is that of users[0] already; give each user one of their own",
                "line 5, users[1]: has more than one secret; give one of ntHash, verifier and password",
                "line 7, users[1].verifier: is no verifier; give pbkdf2-sha256$iterations$salt$hash with 10000 to 5000000 "
                + "iterations and salt and hash in Base64, as sstp-gateway makes it",
                "line 8, users[1].expires: is 'soon'; give a day such as 2027-01-31 or a moment such as 2027-01-31T18:00:00Z",
                "line 9, users[2].groups: has a more than once; give each once",
                "line 9, users[2].name: is missing; give the name the user logs in with",
                "line 9, users[2]: has no secret; give ntHash, verifier or password",
                "line 10, users[2].address6: is 'fd00::/48'; give a /64, which is what one call gets",
            ],
            errors.Order(StringComparer.Ordinal).OrderBy(Line));
    }

    [Theory]
    [InlineData(@"CORP\alice")]
    [InlineData("alice smith")]
    [InlineData("alice\\n")]
    [InlineData("a\"b")]
    public void Refuses_names_that_nobody_could_log_in_with_or_log(string name) =>
        Assert.Single(
            Errors($"users: [{{name: '{name}', password: x}}]"),
            error => error.Contains("users[0].name", StringComparison.Ordinal));

    [Fact]
    public void Refuses_an_address_that_two_users_have()
    {
        var errors = Errors("""
            users:
              - {name: a, password: x, address4: 10.254.0.10, address6: "fd00::/64"}
              - {name: b, password: x, address4: 10.254.0.10, address6: "fd00:0::/64"}
            """);

        Assert.Equal(2, errors.Count);
    }

    [Theory]
    [InlineData("users: [{name: alice, password:hunter2}]")]
    [InlineData("users: [{name: alice, passwort: hunter2}]")]
    [InlineData("users: [{name: alice, password: [hunter2]}]")]
    [InlineData("users: [{name: alice, password: {hunter2: x}}]")]
    [InlineData("users: [{name: alice, ntHash: hunter2}]")]
    [InlineData("users: [{name: alice, verifier: hunter2}]")]
    [InlineData("users: [{name: alice, password: x, totpSecret: hunter2}]")]
    [InlineData("users: [{name: alice, password: *hunter2}]")]
    [InlineData("users: [{name: alice, password: !hunter2 x, ntHash: y}]")]
    [InlineData("users: [{hunter2: alice, hunter2: bob}]")]
    [InlineData("users:\n  - name: alice\n    password: \"hunter2\n    groups: []")]
    [InlineData("users:\n  - name: alice\n    password:hunter2\n    groups: []")]
    [InlineData("users:\n  - name: alice\n    password: @hunter2")]
    [InlineData("users:\n  - name: alice\n    password: %hunter2")]
    [InlineData("users:\n  - name: alice\n    password: 'hunter2")]
    [InlineData("users:\n  - name: alice\n    password: \"\\hunter2\"")]
    [InlineData("hunter2")]
    [InlineData("hunter2: x")]
    public void Never_repeats_a_secret_in_a_message(string text)
    {
        var errors = Errors(text);

        Assert.NotEmpty(errors);
        Assert.DoesNotContain(errors, error => error.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void Keeps_secrets_out_of_the_text_of_records()
    {
        var users = Read("users: [{name: alice, password: hunter2, totpSecret: JBSWY3DPEHPK3PXPJBSWY3DPEH}]");

        Assert.Equal("1 users; user alice", $"{users}; {users.Users[0]}");
    }

    [Fact]
    public void Guesses_what_a_mistyped_key_was_meant_to_be() =>
        Assert.Contains("did you mean password?", Errors("users: [{name: alice, pasword: x}]")[0], StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_file_that_is_too_long() =>
        Assert.Contains(
            "give at most", Assert.Single(Errors(new string('#', UsersReader.MaxLength + 1))), StringComparison.Ordinal);

    private static int Line(string error) =>
        int.Parse(error.Split(',')[0].AsSpan("line ".Length), System.Globalization.CultureInfo.InvariantCulture);

    private static UsersConfig Read(string text)
    {
        Assert.True(UsersReader.TryRead(text, out var users, out var errors), string.Join('\n', errors));
        return users;
    }

    private static List<string> Errors(string text)
    {
        Assert.False(UsersReader.TryRead(text, out _, out var errors));
        return [.. errors.Select(error => error.ToString())];
    }
}
