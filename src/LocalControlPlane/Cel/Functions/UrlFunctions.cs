using LocalControlPlane.Cel.Types;
using LocalControlPlane.Cel.Values;
using static LocalControlPlane.Cel.Types.CelType;

namespace LocalControlPlane.Cel.Functions;

/// <summary>Kubernetes' functions on URLs.</summary>
internal static class UrlFunctions
{
    public static IEnumerable<CelFunction> All { get; } =
    [
        new("url", false, [CelType.String], Url, a =>
            ParsedUrl.TryParse(Text(a)) is { } url
                ? new UrlValue(url)
                : new ErrorValue($"'{Text(a)}' is neither an absolute URL nor an absolute path")),
        new("isURL", false, [CelType.String], Bool, a => BoolValue.Of(ParsedUrl.TryParse(Text(a)) is not null)),
        Part("getScheme", url => url.Scheme),
        Part("getHost", url => url.Host),
        Part("getHostname", url => url.Hostname),
        Part("getPort", url => url.Port),
        Part("getEscapedPath", url => url.Path),
        new("getQuery", true, [Url], Map(CelType.String, List(CelType.String)), a => Query(((UrlValue)a[0]).Url.Query)),
    ];

    private static CelFunction Part(string name, Func<ParsedUrl, string> part) =>
        new(name, true, [Url], CelType.String, a => new StringValue(part(((UrlValue)a[0]).Url)));

    private static string Text(IReadOnlyList<CelValue> arguments) => ((StringValue)arguments[0]).Value;

    private static CelValue Query(string query) => MapValue.Of([.. query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .GroupBy(pair => Unescape(pair[0]), pair => pair.Length > 1 ? Unescape(pair[1]) : "")
        .Select(group => new KeyValuePair<CelValue, CelValue>(
            new StringValue(group.Key), new ListValue([.. group.Select(value => new StringValue(value))])))]);

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
