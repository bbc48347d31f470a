using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Operator.Dns.Records;
using Operator.Listening;

namespace Operator.Dns.Push;

/// <summary>Answers reports as dyndns2 servers do, a word a host.</summary>
/// <remarks>
/// A user is told about hosts of its own only: a wrong password, an unknown user and somebody else's host look alike. The sender
/// is who the connection comes from; headers that claim another are not believed.
/// </remarks>
public sealed class PushAnswerer(IReportBook book, DnsMetrics metrics, TimeProvider time, ILogger<PushAnswerer> logger)
{
    private const int TooOften = 429;

    private readonly SenderBudgets _budgets = new(time);
    private readonly StrangerLines _lines = new(time);

    /// <summary>The status and the body.</summary>
    public async Task<(int Status, string Body)> AnswerAsync(
        IPAddress sender, string? authorization, string? hosts, IEnumerable<string> addresses, CancellationToken stopping)
    {
        var (status, body) = await DecideAsync(sender, authorization, hosts, addresses, stopping);
        var word = body.Split(' ', '\n')[0];
        metrics.Reported(word);

        // Who asks too often has had its lines, and many may ask: strangers must not be able to fill the log.
        if (word is not ("good" or "nochg") && status != TooOften && _lines.MayWrite(out var unsaid))
            DnsLog.ReportRefused(logger, sender.ToString(), word, unsaid);
        return (status, body);
    }

    private async Task<(int Status, string Body)> DecideAsync(
        IPAddress sender, string? authorization, string? hosts, IEnumerable<string> addresses, CancellationToken stopping)
    {
        if (!_budgets.TryTake(sender)) return (TooOften, "911\n");
        if (!PushRequest.TryReadAuthorization(authorization, out var user, out var password)) return (401, "badauth\n");

        var names = (hosts ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) return (200, "notfqdn\n");
        if (names.Length > PushRequest.MaxHosts) return (200, "numhost\n");
        if (!PushRequest.TryReadAddresses(addresses, out var given)) return (200, "dnserr\n");

        var lines = new StringBuilder();
        foreach (var name in names)
        {
            if (book.Find(name) is not { } record || !await IsUserAsync(record, user, password, stopping))
                return (401, "badauth\n");
            lines.Append(await ReportAsync(record, sender, new AddressSet(given), stopping)).Append('\n');
        }

        return (200, lines.ToString());
    }

    private async Task<bool> IsUserAsync(ReportedRecord record, string user, string password, CancellationToken stopping)
    {
        var token = await book.FindTokenAsync(record, stopping);
        return !string.IsNullOrEmpty(token) & IsSame(user, record.User) & IsSame(password, token ?? "");
    }

    private async Task<string> ReportAsync(ReportedRecord record, IPAddress sender, AddressSet given, CancellationToken stopping)
    {
        if (given.IsEmpty && record.Source.UseSenderAddress)
            given = new AddressSet([sender.IsIPv4MappedToIPv6 ? sender.MapToIPv4() : sender]);
        if (given.IsEmpty) return "dnserr";

        var now = time.GetUtcNow();
        var shown = string.Join(',', given.Texts);
        var isSame = record.Last?.Addresses.Equals(given) == true;

        // A report that says nothing new still has to be kept while reports grow too old to be believed.
        if (isSame && (record.Source.MaximumAge is not { } age || now - record.Last!.Time < age.Value / 2))
            return $"nochg {shown}";

        await book.SaveAsync(record, new PushReport(now, given), stopping);
        DnsLog.Reported(logger, record.ToString(), sender.ToString(), shown);
        return isSame ? $"nochg {shown}" : $"good {shown}";
    }

    // Hashed first, so that neither content nor length shows in the time it takes.
    private static bool IsSame(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
