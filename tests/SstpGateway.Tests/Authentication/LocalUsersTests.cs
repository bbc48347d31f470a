using System.Net;
using GatewayConfig.Formats;
using GatewayConfig.Users;
using SstpGateway.Authentication;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;
using TestSupport.Time;

namespace SstpGateway.Tests.Authentication;

public sealed class LocalUsersTests : IDisposable
{
    private const string TotpSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // RFC 6238's "12345678901234567890"

    private readonly ManualTime _clock = new();
    private readonly LocalUsers _users;

    public LocalUsersTests()
    {
        _clock.Advance(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero) - _clock.GetUtcNow());
        _users = new LocalUsers(_clock) { Directory = new UserDirectory(Some) };
    }

    private static UsersConfig Some => new()
    {
        Users =
        [
            new UserConfig
            {
                Name = "hashed",
                NtHash = UserSecrets.NtHash("secret"),
                Groups = ["staff"],
                Address4 = "10.254.0.10",
                Address6 = "fd00::/64",
            },
            new UserConfig { Name = "plain", Password = "secret" },
            new UserConfig { Name = "verified", Verifier = PasswordVerifier.Create("secret", iterations: 10_000).Format() },
            new UserConfig { Name = "coded", NtHash = UserSecrets.NtHash("secret"), TotpSecret = TotpSecret },
            new UserConfig { Name = "disabled", Password = "secret", Disabled = true },
            new UserConfig { Name = "expired", Password = "secret", Expires = "2026-05-31" },
            new UserConfig { Name = "expiring", Password = "secret", Expires = "2026-06-01" },
            new UserConfig { Name = "realm@example.org", Password = "secret" },
        ],
    };

    [Theory]
    [InlineData("hashed", "pap")]
    [InlineData("hashed", "msChapV2")]
    [InlineData("hashed", "eap")]
    [InlineData("plain", "pap")]
    [InlineData("plain", "chapMd5")]
    [InlineData("plain", "msChapV2")]
    [InlineData("plain", "eap")]
    [InlineData("verified", "pap")]
    [InlineData("expiring", "pap")]
    public async Task Accepts_the_right_password_by_every_method_the_entry_serves(string name, string method)
    {
        var result = await Judge(Offer.By(method, name, "secret"));

        Assert.True(result.IsAccepted, result.Reason);
        Assert.Equal(name, result.User!.Name);
        Assert.Equal(AuthenticationOutcome.Accepted, result.Outcome);
    }

    [Theory]
    [InlineData("hashed", "chapMd5", "no password in the clear")]
    [InlineData("verified", "msChapV2", "MS-CHAPv2 needs ntHash or password")]
    [InlineData("verified", "eap", "EAP-MSCHAPv2 needs ntHash or password")]
    [InlineData("verified", "chapMd5", "no password in the clear")]
    [InlineData("coded", "msChapV2", "TOTP")]
    [InlineData("coded", "eap", "TOTP")]
    public async Task Says_to_the_operator_why_an_entry_does_not_serve_a_method(string name, string method, string reason)
    {
        var result = await Judge(Offer.By(method, name, "secret"));

        Assert.False(result.IsAccepted);
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(AuthenticationOutcome.UnsuitableMethod, result.Outcome);
    }

    [Theory]
    [InlineData("pap")]
    [InlineData("chapMd5")]
    [InlineData("msChapV2")]
    [InlineData("eap")]
    public async Task Tells_a_peer_nothing_about_who_exists_or_what_is_stored(string method)
    {
        var verdicts = new List<AuthenticationVerdict>();
        foreach (var name in new[] { "nobody", "hashed", "plain", "verified", "coded", "disabled", "expired", "" })
            verdicts.Add((await Judge(Offer.By(method, name, "wrong"))).Verdict);
        verdicts.Add((await Judge(Offer.By(method, "nobody", ""))).Verdict);

        Assert.Single(verdicts.Distinct());
    }

    [Fact]
    public async Task Proves_itself_and_has_the_key_of_the_client()
    {
        var expected = Offer.Expected(@"CORP\hashed", "secret");

        var result = await Judge(Offer.MsChapV2(@"CORP\hashed", "secret"));

        var accepted = Assert.IsType<AuthenticationVerdict.Accepted>(result.Verdict);
        Assert.StartsWith(expected.Proof, accepted.Message, StringComparison.Ordinal);
        Assert.Equal(expected.Key, accepted.Key.Octets.ToArray());
    }

    [Theory]
    [InlineData("pap")]
    [InlineData("chapMd5")]
    public async Task Has_no_key_where_the_method_makes_none(string method)
    {
        var result = await Judge(Offer.By(method, "plain", "secret"));

        Assert.Same(HigherLayerKey.None, Assert.IsType<AuthenticationVerdict.Accepted>(result.Verdict).Key);
    }

    [Theory]
    [InlineData("HASHED", "hashed")]
    [InlineData(@"CORP\hashed", "hashed")]
    [InlineData("hashed@anywhere", "hashed")]
    [InlineData(@"CORP\realm@example.org", "realm@example.org")]
    public async Task Finds_a_user_by_any_form_of_the_name(string typed, string name)
    {
        foreach (var method in new[] { "pap", "msChapV2" })
        {
            var result = await Judge(Offer.By(method, typed, "secret"));

            Assert.Equal(name, result.User?.Name);
        }
    }

    [Theory]
    [InlineData("realm")]
    [InlineData("realm@elsewhere")]
    [InlineData("@")]
    [InlineData(@"\")]
    [InlineData(@"hashed\")]
    public async Task Finds_nobody_by_half_a_name(string typed) => Assert.Null((await Judge(Offer.Pap(typed, "secret"))).User);

    [Fact]
    public async Task Carries_groups_and_static_addresses()
    {
        var user = (await Judge(Offer.Pap("hashed", "secret"))).User!;

        Assert.Equal(["staff"], user.Groups);
        Assert.Equal(IPAddress.Parse("10.254.0.10"), user.StaticIpv4);
        Assert.Equal(IPNetwork.Parse("fd00::/64"), user.StaticIpv6);
    }

    [Theory]
    [InlineData("disabled", AuthenticationOutcome.Disabled, "The account is disabled")]
    [InlineData("expired", AuthenticationOutcome.Expired, "The account has expired (2026-06-01 00:00:00Z)")]
    public async Task Tells_the_owner_of_an_account_why_it_is_closed(string name, AuthenticationOutcome outcome, string message)
    {
        foreach (var method in new[] { "pap", "msChapV2", "eap" })
        {
            var result = await Judge(Offer.By(method, name, "secret"));

            Assert.Equal(outcome, result.Outcome);
            Assert.Equal(
                new AuthenticationVerdict.Rejected(RejectionReason.AccountDisabled, message, MayRetry: false), result.Verdict);
        }
    }

    [Fact]
    public async Task Lets_an_account_expire_at_the_end_of_its_last_day()
    {
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.True((await Judge(Offer.Pap("expiring", "secret"))).IsAccepted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AuthenticationOutcome.Expired, (await Judge(Offer.Pap("expiring", "secret"))).Outcome);
    }

    [Fact]
    public async Task Takes_password_and_code_together()
    {
        Assert.True((await Judge(Offer.Pap("coded", "secret" + CodeNow()))).IsAccepted);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("")]
    [InlineData("secret000000")]
    [InlineData("secretx12345")]
    [InlineData("secret١٢٣٤٥٦")]
    public async Task Refuses_a_password_without_the_right_code(string password)
    {
        Assert.NotEqual("secret" + CodeNow(), password);

        Assert.Equal(AuthenticationOutcome.WrongCredentials, (await Judge(Offer.Pap("coded", password))).Outcome);
    }

    [Fact]
    public async Task Refuses_the_right_code_with_a_wrong_password_and_does_not_spend_it()
    {
        Assert.False((await Judge(Offer.Pap("coded", "wrong" + CodeNow()))).IsAccepted);

        Assert.True((await Judge(Offer.Pap("coded", "secret" + CodeNow()))).IsAccepted);
    }

    [Fact]
    public async Task Takes_a_code_once()
    {
        var password = "secret" + CodeNow();
        Assert.True((await Judge(Offer.Pap("coded", password))).IsAccepted);

        var again = await Judge(Offer.Pap("coded", password));

        Assert.False(again.IsAccepted);
        Assert.Contains("used before", again.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_no_code_from_before_the_last_one_used()
    {
        var old = "secret" + CodeNow();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await Judge(Offer.Pap("coded", "secret" + CodeNow()))).IsAccepted);

        Assert.False((await Judge(Offer.Pap("coded", old))).IsAccepted);
    }

    [Fact]
    public async Task Remembers_spent_codes_over_a_reload()
    {
        var password = "secret" + CodeNow();
        Assert.True((await Judge(Offer.Pap("coded", password))).IsAccepted);

        _users.Directory = new UserDirectory(Some);

        Assert.False((await Judge(Offer.Pap("coded", password))).IsAccepted);
    }

    [Theory]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(-60, false)]
    [InlineData(60, false)]
    public async Task Tolerates_a_clock_that_is_one_step_off(int seconds, bool accepted)
    {
        var code = Totp.Code("12345678901234567890"u8, Totp.StepAt(_clock.GetUtcNow().AddSeconds(seconds)));

        Assert.Equal(accepted, (await Judge(Offer.Pap("coded", "secret" + code))).IsAccepted);
    }

    [Fact]
    public async Task Judges_by_the_new_directory_once_it_is_there()
    {
        _users.Directory = new UserDirectory(new UsersConfig { Users = [new UserConfig { Name = "new", Password = "secret" }] });

        Assert.False((await Judge(Offer.Pap("plain", "secret"))).IsAccepted);
        Assert.True((await Judge(Offer.Pap("new", "secret"))).IsAccepted);
    }

    [Fact]
    public async Task Judges_a_password_proven_once_as_before_the_second_time()
    {
        Assert.True((await Judge(Offer.Pap("verified", "secret"))).IsAccepted);

        Assert.True((await Judge(Offer.Pap("Verified", "secret"))).IsAccepted);
        Assert.False((await Judge(Offer.Pap("verified", "secret2"))).IsAccepted);
        Assert.False((await Judge(Offer.Pap("hashed", "secret2"))).IsAccepted);
    }

    [Fact]
    public async Task Does_not_believe_a_password_proven_against_a_verifier_that_has_been_replaced()
    {
        Assert.True((await Judge(Offer.Pap("verified", "secret"))).IsAccepted);

        var verifier = PasswordVerifier.Create("changed", iterations: 10_000).Format();
        _users.Directory = new UserDirectory(
            new UsersConfig { Users = [new UserConfig { Name = "verified", Verifier = verifier }] });

        Assert.False((await Judge(Offer.Pap("verified", "secret"))).IsAccepted);
        Assert.True((await Judge(Offer.Pap("verified", "changed"))).IsAccepted);
    }

    [Fact]
    public async Task Lets_nobody_in_without_a_directory()
    {
        using var users = new LocalUsers(_clock);

        var result = await users.AuthenticateAsync(Offer.Pap("", ""), IPAddress.Loopback, CancellationToken.None);

        Assert.False(result.IsAccepted);
    }

    [Fact]
    public async Task Keeps_secrets_out_of_the_text_of_results()
    {
        var result = await Judge(Offer.MsChapV2("hashed", "secret"));
        var proof = Offer.Expected("hashed", "secret").Proof[2..];

        Assert.DoesNotContain(proof, result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _users.Dispose();

    private string CodeNow() => Totp.Code("12345678901234567890"u8, Totp.StepAt(_clock.GetUtcNow()));

    private ValueTask<AuthenticationResult> Judge(Credentials credentials) =>
        _users.AuthenticateAsync(credentials, IPAddress.Loopback, CancellationToken.None);
}
