using KubeApi.Objects;

namespace Operator.Gateways.Desk;

/// <summary>What lies on a desk. Pure.</summary>
/// <param name="Requests">By id: what is to be done now. At most as many as answers are kept;
/// the others wait for the next pass.</param>
/// <param name="Refused">By id: what is no request, with the reason.</param>
/// <param name="Stale">Keys to take away: answers that nobody fetched in time, or too many, and keys that are nothing.</param>
/// <param name="HasMore">There is something to come back for.</param>
internal sealed record DeskState(
    IReadOnlyDictionary<string, DeskRequest> Requests,
    IReadOnlyDictionary<string, string> Refused, IReadOnlyList<string> Stale, bool HasMore)
{
    /// <summary>Answers that are looked into: twice what the operator ever leaves there.
    /// Each may unpack to a thousand times its size.</summary>
    internal const int MaxAnswersRead = 2 * DeskFormat.MaxAnswers;

    /// <summary>How long an answer waits for whoever asked.</summary>
    public static readonly TimeSpan AnswerLifetime = TimeSpan.FromMinutes(1);

    public static DeskState Of(Secret secret, DateTimeOffset now)
    {
        var requests = new Dictionary<string, DeskRequest>();
        var refused = new Dictionary<string, string>();
        var stale = new List<string>();
        var answers = new List<(string Key, DateTimeOffset At)>();
        var isCutShort = false;
        var read = 0;
        foreach (var (key, value) in (secret.Data ?? new Dictionary<string, byte[]>())
            .OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            // An API server stores a key without a value as null.
            byte[]? given = value;
            var content = given ?? [];
            if (key.StartsWith(DeskFormat.RequestPrefix, StringComparison.Ordinal)
                && DeskFormat.IsId(key[DeskFormat.RequestPrefix.Length..]))
            {
                var id = key[DeskFormat.RequestPrefix.Length..];
                if (requests.Count + refused.Count == DeskFormat.MaxAnswers) isCutShort = true;
                else if (DeskFormat.ReadRequest(content, out var mistake) is { } request) requests[id] = request;
                else refused[id] = mistake!;
            }
            else if (key.StartsWith(DeskFormat.AnswerPrefix, StringComparison.Ordinal) && read++ < MaxAnswersRead
                && DeskFormat.ReadAnswer(content) is { } answer && answer.At <= now && now - answer.At < AnswerLifetime)
            {
                answers.Add((key, answer.At));
            }
            else
            {
                stale.Add(key);
            }
        }

        var room = DeskFormat.MaxAnswers - requests.Count - refused.Count;
        stale.AddRange(answers.OrderByDescending(answer => answer.At).Skip(room).Select(answer => answer.Key));
        return new DeskState(
            requests, refused, stale, isCutShort || answers.Count > 0 || requests.Count > 0 || refused.Count > 0);
    }
}
