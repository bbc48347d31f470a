using System.Text;

namespace SstpGateway.Decoy;

/// <summary>The pages nginx makes itself, to the byte (observed with 1.22.1, server_tokens off).</summary>
internal static class ErrorPage
{
    public const string ContentType = "text/html";

    private const string Padding = "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";
    private const int PaddingLines = 6;

    /// <param name="status">Code and reason, such as "404 Not Found".</param>
    /// <param name="explanation">A second line that a few pages have, which is also in their title.</param>
    /// <param name="server">What the foot of the page says; nothing when empty.</param>
    /// <param name="userAgent">Browsers that would put a page of their own in place of a short one get a longer one.</param>
    public static byte[] Write(string status, string? explanation, string server, string? userAgent)
    {
        var title = explanation is null ? status : $"{status.AsSpan(0, 3)} {explanation}";
        var page = new StringBuilder("<html>\r\n<head><title>").Append(title)
            .Append("</title></head>\r\n<body>\r\n<center><h1>").Append(status)
            .Append("</h1></center>\r\n");
        if (explanation is not null) page.Append("<center>").Append(explanation).Append("</center>\r\n");
        page.Append("<hr>");
        if (server.Length > 0) page.Append("<center>").Append(server).Append("</center>");
        page.Append("\r\n</body>\r\n</html>\r\n");
        if (status[0] >= '4' && IsPadded(userAgent)) page.Insert(page.Length, Padding, PaddingLines);
        return Encoding.Latin1.GetBytes(page.ToString());
    }

    private static bool IsPadded(string? userAgent) =>
        userAgent is not null
        && !userAgent.Contains("Opera", StringComparison.Ordinal)
        && (userAgent.Contains("MSIE ", StringComparison.Ordinal)
            || (userAgent.Contains("Chrome/", StringComparison.Ordinal)
                && !userAgent.Contains("Gecko/", StringComparison.Ordinal)));
}
