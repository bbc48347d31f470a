using System.Globalization;
using System.Net;
using GatewayConfig.Authentication;
using SstpProtocol.Ppp.Authentication;
using SstpTransport.Pumping;

namespace SstpGateway.Authentication.Throttling;

/// <summary>In front of whoever knows the users: makes guessing slow, by <see cref="Lockout"/>
/// and by answering failures late.</summary>
public sealed class AuthenticatedThrottle(IUserAuthenticator inner, LockoutConfig config, TimeProvider clock) : IUserAuthenticator
{
    /// <summary>Every refusal takes this long at least. Holds no thread,
    /// and leaves a wrong password refused within 3 s.</summary>
    public static readonly TimeSpan RefusalDelay = TimeSpan.FromSeconds(1);

    private readonly Lock counting = new();
    private readonly Lockout lockout = new(config);
    private readonly MonotonicClock monotonic = new(clock);

    /// <summary>Follows a new configuration; failures counted so far stay.</summary>
    public void Apply(LockoutConfig changed)
    {
        lock (counting) lockout.Config = changed;
    }

    public async ValueTask<AuthenticationResult> AuthenticateAsync(
        Credentials credentials, IPAddress source, CancellationToken stopping)
    {
        var user = UserNames.Canonical(credentials.UserName);
        var started = clock.GetTimestamp();

        var result = Begin(user, source) is { } wait
            ? HeldBack(wait)
            : Count(await inner.AuthenticateAsync(credentials, source, stopping), user, source);
        if (result.IsAccepted) return result;

        var rest = RefusalDelay - clock.GetElapsedTime(started);
        if (rest > TimeSpan.Zero) await Task.Delay(rest, clock, stopping);
        return result;
    }

    private TimeSpan? Begin(string user, IPAddress source)
    {
        lock (counting) return lockout.Begin(user, source, monotonic.Now);
    }

    private AuthenticationResult Count(AuthenticationResult result, string user, IPAddress source)
    {
        lock (counting)
        {
            if (result.IsAccepted)
            {
                lockout.Succeed(user, source, monotonic.Now);
                return result;
            }

            lockout.Fail(user, source, monotonic.Now);
            var noFurtherTry = lockout.IsHeldBack(user, source, monotonic.Now);
            return noFurtherTry && result.Verdict is AuthenticationVerdict.Rejected { MayRetry: true } rejected
                ? result with { Verdict = rejected with { MayRetry = false } }
                : result;
        }
    }

    private static AuthenticationResult HeldBack(TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return AuthenticationResult.Refuse(
            AuthenticationOutcome.HeldBack, mayRetry: false,
            $"not judged after too many failures; held back for another {seconds} s");
    }
}
