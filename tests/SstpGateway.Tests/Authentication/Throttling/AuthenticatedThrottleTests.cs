using System.Net;
using GatewayConfig.Authentication;
using SstpGateway.Authentication;
using SstpGateway.Authentication.Throttling;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;
using TestSupport.Time;

namespace SstpGateway.Tests.Authentication.Throttling;

public class AuthenticatedThrottleTests
{
    private static readonly IPAddress s_source = IPAddress.Parse("192.0.2.1");

    private readonly ManualTime _clock = new();
    private readonly OneUser _inner = new();
    private readonly AuthenticatedThrottle _throttle;

    public AuthenticatedThrottleTests() => _throttle = new AuthenticatedThrottle(_inner, new LockoutConfig(), _clock);

    [Fact]
    public async Task Does_not_delay_who_is_right()
    {
        // The clock stands still: a delay would never end.
        Assert.True((await Try("secret")).IsAccepted);
    }

    [Fact]
    public async Task Answers_a_failure_after_a_second()
    {
        var login = Try("wrong").AsTask();
        _clock.Advance(TimeSpan.FromSeconds(0.999));
        Assert.False(login.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.False((await login).IsAccepted);
    }

    [Fact]
    public async Task Has_nobody_judged_who_is_held_back_however_the_name_is_written()
    {
        foreach (var name in new[] { "alice", @"CORP\alice", "ALICE", "alice@example.org", "Alice" }) await Fail(name);
        Assert.Equal(5, _inner.Judged);

        var result = await Finish(_throttle.AuthenticateAsync(Offer.Pap("alice", "secret"), s_source, CancellationToken.None));

        Assert.Equal(5, _inner.Judged);
        Assert.Equal(AuthenticationOutcome.HeldBack, result.Outcome);
        Assert.Equal("not judged after too many failures; held back for another 9 s", result.Reason);
        Assert.IsType<AuthenticationVerdict.Rejected>(result.Verdict);
    }

    [Fact]
    public async Task Offers_no_retry_that_would_not_be_judged()
    {
        var mayRetry = new List<bool>();
        for (var i = 0; i < 5; i++) mayRetry.Add(((AuthenticationVerdict.Rejected)(await Fail("alice")).Verdict).MayRetry);

        Assert.Equal([true, true, true, true, false], mayRetry);
    }

    [Fact]
    public async Task Lets_the_user_in_after_the_wait()
    {
        for (var i = 0; i < 5; i++) await Fail("alice");
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.True((await Try("secret")).IsAccepted);
    }

    [Fact]
    public async Task Does_not_count_what_could_not_be_judged()
    {
        _inner.Failure = new IOException("the back end is away");
        for (var i = 0; i < 30; i++) await Assert.ThrowsAsync<IOException>(async () => await Try("secret"));
        _inner.Failure = null;

        Assert.True((await Try("secret")).IsAccepted);
    }

    [Fact]
    public async Task Stops_waiting_when_the_call_is_over()
    {
        using var stopping = new CancellationTokenSource();
        var login = _throttle.AuthenticateAsync(Offer.Pap("alice", "wrong"), s_source, stopping.Token).AsTask();

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
    }

    [Fact]
    public async Task Counts_a_failure_whose_call_is_over_before_it_hears_of_it()
    {
        for (var i = 0; i < 5; i++)
        {
            using var stopping = new CancellationTokenSource();
            var login = _throttle.AuthenticateAsync(Offer.Pap("alice", "wrong"), s_source, stopping.Token).AsTask();
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => login);
        }

        Assert.Equal(AuthenticationOutcome.HeldBack, (await Finish(Try("secret"))).Outcome);
    }

    [Fact]
    public async Task Follows_new_limits()
    {
        _throttle.Apply(new LockoutConfig { FailuresPerUserAndSource = 1 });
        await Fail("alice");

        Assert.Equal(AuthenticationOutcome.HeldBack, (await Finish(Try("secret"))).Outcome);
    }

    private ValueTask<AuthenticationResult> Try(string password) =>
        _throttle.AuthenticateAsync(Offer.Pap("alice", password), s_source, CancellationToken.None);

    private Task<AuthenticationResult> Fail(string name) =>
        Finish(_throttle.AuthenticateAsync(Offer.Pap(name, "wrong"), s_source, CancellationToken.None));

    private async Task<AuthenticationResult> Finish(ValueTask<AuthenticationResult> login)
    {
        var task = login.AsTask();
        // Only a refusal waits, for RefusalDelay; the fifth one begins the ten seconds just before it.
        if (!task.IsCompleted) _clock.Advance(AuthenticatedThrottle.RefusalDelay);
        return await task;
    }

    private sealed class OneUser : IUserAuthenticator
    {
        public int Judged { get; private set; }
        public Exception? Failure { get; set; }

        public ValueTask<AuthenticationResult> AuthenticateAsync(
            Credentials credentials, IPAddress source, CancellationToken stopping)
        {
            if (Failure is not null) throw Failure;

            Judged++;
            return ValueTask.FromResult(credentials is Credentials.Pap { Password: "secret" }
                ? AuthenticationResult.Accept(new AuthenticatedUser("alice", [], null, null), HigherLayerKey.None, "", "")
                : AuthenticationResult.Refuse(AuthenticationOutcome.WrongCredentials, mayRetry: true, "wrong"));
        }
    }
}
