using System.Net;
using Operator.Dns.Providers.Http;

namespace Operator.Dns.Providers.Dyndns2;

/// <summary>Reads the answers of dyndns2: a word first on the line, perhaps an address after it.</summary>
/// <remarks>
/// Where one host was asked for the first line that is not empty decides; for several see <see cref="Dyndns2List"/>. Only a
/// line's first word counts: <c>good</c> and <c>abuse</c> also occur in web pages.
/// </remarks>
public static class Dyndns2Answer
{
    /// <summary>No-IP and Dyn ask for half an hour of silence after <c>911</c>.</summary>
    public static readonly TimeSpan DownFor = TimeSpan.FromMinutes(30);

    /// <param name="v4">The IPv4 address that was sent; null when none was.</param>
    public static ProviderOutcome Classify(HttpAnswer answer, ServiceClient service, IPAddress? v4, IPAddress? v6) =>
        Classify(Lines(answer).FirstOrDefault() ?? "", answer, service, v4, v6);

    /// <summary>The lines with something on them.</summary>
    public static IEnumerable<string> Lines(HttpAnswer answer) =>
        answer.Body.Split('\n').Select(text => text.Trim().TrimStart('\uFEFF')).Where(text => text.Length > 0);

    /// <param name="line">One of the answer's.</param>
    public static ProviderOutcome Classify(string line, HttpAnswer answer, ServiceClient service, IPAddress? v4, IPAddress? v6)
    {
        var words = service.Quote(line);
        var parts = line.Split((char[])[' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        var first = parts.Length > 0 ? parts[0].ToLowerInvariant() : "";
        var echoed = parts.Skip(1).FirstOrDefault(part => IPAddress.TryParse(part, out _));

        return first switch
        {
            // Dyn's sign that it does not believe in our User-Agent: whatever was sent, the host is set to this.
            "good" when echoed == "127.0.0.1" && v4?.ToString() != "127.0.0.1" => Failed(
                FailureClass.Abuse, words,
                "The service ignores this client on purpose (it answered 127.0.0.1). Ask the service why before unlocking."),
            "good" or "ok" when answer.IsSuccess => new ProviderOutcome.Applied(words),
            "nochg" when answer.IsSuccess => new ProviderOutcome.Unchanged(words),
            "badauth" => Failed(
                FailureClass.Auth, words,
                "Check the user name and password (or update key) in the Secret; nothing is sent until it changes."),
            "nohost" or "notfqdn" or "nofqdn" or "numhost" => Failed(
                FailureClass.Config, words, "The account has no such host. Create it at the service, or correct spec.fqdn."),
            "!yours" or "!active" => Failed(
                FailureClass.Config, words,
                "The host belongs to another account, or is not active. Correct spec.fqdn or the account."),
            "!donator" or "badsys" => Failed(
                FailureClass.Config, words,
                "The account's plan does not allow this, or the system is not known. Correct spec.provider or the plan."),
            "abuse" or "badagent" => Failed(
                FailureClass.Abuse, words,
                "The service has blocked the host or this client. Settle it with the service, "
                + "then unlock the record by annotation."),
            "911" => Failed(
                FailureClass.ProviderDown, words,
                "The service is down; it is left alone for half an hour.", answer.RetryAfter ?? DownFor),
            "dnserr" or "servererror" => Failed(
                FailureClass.Transient, words,
                "The service has a fault with its own DNS; it is asked again later.", answer.RetryAfter),
            _ when TryReadWait(first, out var wait) =>
                Failed(FailureClass.Transient, words, "The service asks us to wait.", wait),
            _ => new ProviderOutcome.Failed(service.FromStatus(answer)),
        };
    }

    // The old No-IP dialect: w30m, w1h, w90s.
    private static bool TryReadWait(string word, out TimeSpan wait)
    {
        wait = default;
        if (word.Length is < 3 or > 6 || word[0] != 'w' || !int.TryParse(word.AsSpan(1, word.Length - 2), out var count))
            return false;

        wait = word[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            _ => TimeSpan.Zero,
        };
        return wait > TimeSpan.Zero;
    }

    private static ProviderOutcome.Failed Failed(
        FailureClass failureClass, string words, string advice, TimeSpan? retryAfter = null) =>
        new(new ProviderFailure(failureClass, words, advice) { RetryAfter = retryAfter });
}
