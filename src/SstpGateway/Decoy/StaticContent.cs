using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace SstpGateway.Decoy;

/// <summary>The files of a folder, with index.html for the folders in it.</summary>
internal sealed class StaticContent(string root, ILogger<StaticContent> logger) : IDecoyContent
{
    private const string Index = "index.html";
    private const string NotFound = "404 Not Found";
    private const string NotAllowed = "405 Not Allowed";

    // Four TLS records.
    private const int BufferLength = 64 * 1024;

    private readonly RootFolder _folder = new(root);

    public long MaxBodyLength => DecoyLimits.MaxBodyLength;

    public async ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping)
    {
        if (request.Method is not ("GET" or "HEAD" or "POST"))
        {
            await answer.SendPageAsync(NotAllowed, stopping).ConfigureAwait(false);
            return;
        }

        try
        {
            var isFolderAsked = request.Path.EndsWith('/');
            var path = request.Path[1..] + (isFolderAsked ? Index : "");
            using var file = _folder.Open(path);
            if (file is null) await AnswerMissingAsync(request, isFolderAsked, answer, stopping).ConfigureAwait(false);
            else if (IsFolder(file)) await RedirectAsync(request, answer, stopping).ConfigureAwait(false);
            else if (request.Method == "POST") await answer.SendPageAsync(NotAllowed, stopping).ConfigureAwait(false);
            else if (LengthOf(file) is not { } size) await answer.SendPageAsync(NotFound, stopping).ConfigureAwait(false);
            else await SendFileAsync(request, file, size, path, answer, stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (answer.Status == 0 && e is Win32Exception or UnauthorizedAccessException)
        {
            DecoyLog.FileFailed(logger, request.Path, root, e.Message);
            await answer.SendPageAsync("500 Internal Server Error", stopping).ConfigureAwait(false);
        }
    }

    /// <summary>A folder without an index may not be listed; anything else is not there.</summary>
    private async ValueTask AnswerMissingAsync(RequestHead request, bool isFolderAsked, Answer answer, CancellationToken stopping)
    {
        using var asFolder = isFolderAsked ? _folder.Open(request.Path.Trim('/')) : null;
        var status = asFolder is not null && IsFolder(asFolder) ? "403 Forbidden" : NotFound;
        await answer.SendPageAsync(status, stopping).ConfigureAwait(false);
    }

    private static async ValueTask RedirectAsync(RequestHead request, Answer answer, CancellationToken stopping)
    {
        var end = request.Target.IndexOf('?', StringComparison.Ordinal);
        var query = end < 0 ? "" : request.Target[end..];
        var location = $"https://{request.Field("Host")}{Escape(request.Path)}/{query}";
        await answer.SendPageAsync(new ResponseHead("301 Moved Permanently") { Location = location }, null, stopping)
            .ConfigureAwait(false);
    }

    private static async ValueTask SendFileAsync(
        RequestHead request, SafeFileHandle file, long size, string path, Answer answer, CancellationToken stopping)
    {
        var modified = File.GetLastWriteTimeUtc(file);
        var lastModified = modified.ToString("R", CultureInfo.InvariantCulture);
        var entityTag = $"\"{(long)(modified - DateTime.UnixEpoch).TotalSeconds:x}-{size:x}\"";
        var head = new ResponseHead("200 OK") { LastModified = lastModified, Others = [new("ETag", entityTag)] };

        if (IsUnchanged(request, lastModified, entityTag))
        {
            await answer.BeginAsync(head with { Status = "304 Not Modified" }, hasBody: false, stopping).ConfigureAwait(false);
            return;
        }

        // If-Range (RFC 9110 section 13.1.5): a part is of use only to somebody who has the rest of the same file.
        var condition = request.Field("If-Range");
        var wanted = condition is null || condition == entityTag || condition == lastModified ? request.Field("Range") : null;
        var kind = ByteRange.TryRead(wanted, size, out var range);
        if (kind == RangeRequest.NotSatisfiable)
        {
            var refused = new ResponseHead("416 Requested Range Not Satisfiable")
            {
                Others = [new("Content-Range", $"bytes */{size}")],
            };
            await answer.SendPageAsync(refused, null, stopping).ConfigureAwait(false);
            return;
        }

        head = head with { ContentType = ContentTypes.Of(path), ContentLength = range.Length };
        head = kind == RangeRequest.Part
            ? head with
            {
                Status = "206 Partial Content",
                Others = [.. head.Others, new("Content-Range", $"bytes {range.First}-{range.First + range.Length - 1}/{size}")],
            }
            : head with { Others = [.. head.Others, new("Accept-Ranges", "bytes")] };
        await SendPartAsync(request, file, head, range, answer, stopping).ConfigureAwait(false);
    }

    private static async ValueTask SendPartAsync(
        RequestHead request, SafeFileHandle file, ResponseHead head, ByteRange range, Answer answer, CancellationToken stopping)
    {
        await answer.BeginAsync(head, hasBody: !request.IsHead, stopping).ConfigureAwait(false);
        if (request.IsHead) return;

        var buffer = new byte[Math.Min(BufferLength, Math.Max(1, range.Length))];
        for (var sent = 0L; sent < range.Length;)
        {
            var want = (int)Math.Min(buffer.Length, range.Length - sent);
            var count = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, want), range.First + sent, stopping)
                .ConfigureAwait(false);
            if (count == 0) throw new IOException("A file became shorter while it was served.");
            await answer.ContinueAsync(buffer.AsMemory(0, count), stopping).ConfigureAwait(false);
            sent += count;
        }
    }

    /// <summary>If-None-Match decides where it is given (RFC 9110 section 13.2.2);
    /// the date is compared for equality, as nginx does.</summary>
    private static bool IsUnchanged(RequestHead request, string lastModified, string entityTag)
    {
        if (request.Field("If-None-Match") is { } tags)
            return tags == "*"
                || tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == entityTag || tag == $"W/{entityTag}");
        return request.Field("If-Modified-Since") == lastModified;
    }

    /// <returns>Null for a pipe or a socket, which is no file to show.</returns>
    private static long? LengthOf(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsFolder(SafeFileHandle file) => (File.GetAttributes(file) & FileAttributes.Directory) != 0;

    private static string Escape(string path) =>
        string.Concat(path.Select(
            c => c is > ' ' and < '\x7F' and not ('%' or '?' or '#' or '"' or '<' or '>') ? c.ToString() : $"%{(int)c:X2}"));
}
