using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Operator.Gateways.Desk;

/// <summary>How a desk Secret is read and written: <c>request.ID</c> by whoever asks, <c>answer.ID</c> by the operator.
/// Pure.</summary>
public static partial class DeskFormat
{
    public const string RequestPrefix = "request.";
    public const string AnswerPrefix = "answer.";

    /// <summary>Bytes of a request at most: a hundred calls to end with the longest names.</summary>
    public const int MaxRequestLength = 64 * 1024;

    /// <summary>Calls in one request to end calls.</summary>
    public const int MaxCallsToEnd = 100;

    /// <summary>Calls in one answer: some 70 KiB packed, and a Secret holds 1 MiB.</summary>
    public const int MaxCallsInAnswer = 1000;

    /// <summary>Answers that are kept; older ones go first.</summary>
    public const int MaxAnswers = 8;

    /// <summary>Bytes of an unpacked answer at most, so that a Secret somebody
    /// else wrote cannot fill a reader's memory.</summary>
    private const int MaxAnswerLength = 8 << 20;

    public static string RequestKey(string id) => RequestPrefix + id;

    public static string AnswerKey(string id) => AnswerPrefix + id;

    /// <summary>4 to 32 lower-case letters and digits.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    public static byte[] Write(DeskRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, DeskRequestJson.Default.DeskRequest);

    /// <returns>Null when it is none; <paramref name="mistake"/> then says what is wrong.</returns>
    public static DeskRequest? ReadRequest(byte[] content, out string? mistake)
    {
        mistake = null;
        if (content.Length > MaxRequestLength)
        {
            mistake = $"the request has {content.Length} bytes; {MaxRequestLength} are allowed";
            return null;
        }
        try
        {
            var request = JsonSerializer.Deserialize(content, DeskRequestJson.Default.DeskRequest);
            mistake = request switch
            {
                null => "the request is null",
                { End: { } calls } when calls.Contains(null!) => "end names a call that is null",
                { End: { Count: 0 or > MaxCallsToEnd } } => $"end names {request.End.Count} calls; give 1 to {MaxCallsToEnd}",
                _ when request.List is null == request.End is null => "give exactly one of list and end",
                _ => null,
            };
            return mistake is null ? request : null;
        }
        catch (JsonException e)
        {
            mistake = $"the request is no JSON of the desk: {e.Message}";
            return null;
        }
    }

    /// <summary>Packed by gzip, for a list of calls is long and repeats itself.</summary>
    public static byte[] Write(DeskAnswer answer)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(gzip, answer, DeskJson.Default.DeskAnswer);
        return packed.ToArray();
    }

    /// <returns>Null when it is no answer.</returns>
    public static DeskAnswer? ReadAnswer(byte[] content)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            var unpacked = new byte[4096];
            var length = 0;
            for (int read; (read = gzip.Read(unpacked, length, unpacked.Length - length)) > 0;)
            {
                length += read;
                if (length > MaxAnswerLength) return null;
                if (length == unpacked.Length) Array.Resize(ref unpacked, length * 2);
            }
            return JsonSerializer.Deserialize(unpacked.AsSpan(0, length), DeskJson.Default.DeskAnswer);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9]{4,32}\\z")]
    private static partial Regex Id();
}
