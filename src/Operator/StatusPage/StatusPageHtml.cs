using Operator.Resources;

namespace Operator.StatusPage;

/// <summary>The page of the operator on one host: gateways, names and certificates at a glance, for reading only. Pure.</summary>
/// <remarks>No script, no picture, nothing from elsewhere; so a strict Content-Security-Policy holds,
/// and it reads well in a text browser.</remarks>
public static class StatusPageHtml
{
    /// <summary>The header that goes with the page: nothing but its own style is allowed.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Render(StatusPageModel model)
    {
        var page = new HtmlText();
        page.Raw($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="15">
            <title>SSTP operator</title>
            <style>{StatusPageStyle.Css}</style>
            </head>
            <body>
            <header><h1>SSTP operator</h1><p>
            """);
        page.Text($"Version {model.Version}, as of {model.Now.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        page.Raw("</p>\n<p class=\"overview\">").Text(Overview(model)).Raw("</p></header>\n<main>\n");
        WriteGateways(page, model);
        WriteRecords(page, model);
        WriteCertificates(page, model);
        page.Raw("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>All of it in a line: what there is, and how much of that is not as it should be.</summary>
    private static string Overview(StatusPageModel model)
    {
        var states = model.Gateways.Select(item => Find(item.Status, ConditionTypes.Ready))
            .Concat(model.Records.Select(item => Find(item.Status, ConditionTypes.Ready)))
            .Concat(model.Certificates.Select(item => Find(item.Status, ConditionTypes.Ready))).ToList();
        var waiting = states.Count(ready => ready?.Status != ConditionStatus.True);
        var calls = model.Gateways.Sum(gateway => gateway.Status?.Calls ?? 0);
        return $"{Count(calls, "call")} on {Count(model.Gateways.Count, "gateway")}, {Count(model.Records.Count, "name")}, "
            + $"{Count(model.Certificates.Count, "certificate")}: "
            + (states.Count == 0 ? "nothing to look after yet"
                : waiting == 0 ? "all ready"
                : $"{waiting} of {states.Count} not ready");
    }

    private static string Count(long number, string what) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");

    private static void WriteGateways(HtmlText page, StatusPageModel model)
    {
        Section(
            page,
            "Gateways",
            ["Name", "State", "Host name", "Serving", "Calls", "Certificate valid for", "What to know"],
            Sorted(model.Gateways, gateway => gateway.Metadata),
            gateway =>
            {
                Name(page, gateway.Metadata);
                State(page, gateway.Status, gateway.Metadata);
                page.Cell(gateway.Spec.Hostname);
                page.Cell(gateway.Status?.Summary);
                page.Cell(gateway.Status?.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture));
                page.Cell(Remaining(gateway.Status?.CertificateNotAfter, model.Now));
                Message(page, gateway.Status);
            });
        Section(page, "Gateways by node", ["Gateway", "State", "Node", "Address", "Version", "Calls", "What to know"],
            [.. Sorted(model.Gateways, gateway => gateway.Metadata).SelectMany(gateway => gateway.Status?.Gateways ?? [])],
            endpoint =>
            {
                page.RowTitle().Text(endpoint.Name).Raw("</th>");
                Badge(page, endpoint.Ready ? "good" : "bad", endpoint.Ready ? "serves" : "does not serve");
                page.Cell(endpoint.Node);
                page.Cell(endpoint.Address);
                page.Cell(endpoint.Version);
                page.Cell(endpoint.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture));
                page.Cell(endpoint.Message);
            });
    }

    private static void WriteRecords(HtmlText page, StatusPageModel model) =>
        Section(
            page,
            "Names",
            ["Name", "State", "DNS name", "Addresses", "Changed", "What to know"],
            Sorted(model.Records, record => record.Metadata),
            record =>
            {
                Name(page, record.Metadata);
                State(page, record.Status, record.Metadata);
                page.Cell(record.Spec.Fqdn);
                page.Cell(record.Status is { } status ? string.Join(", ", status.Published) : null);
                page.Cell(Ago(record.Status?.LastChange, model.Now));
                Message(page, record.Status);
            });

    private static void WriteCertificates(HtmlText page, StatusPageModel model) =>
        Section(
            page,
            "Certificates",
            ["Name", "State", "Names", "Issuer", "Valid for", "Renewed in", "What to know"],
            Sorted(model.Certificates, certificate => certificate.Metadata),
            certificate =>
            {
                Name(page, certificate.Metadata);
                State(page, certificate.Status, certificate.Metadata);
                page.Cell(string.Join(", ", certificate.Spec.Names));
                page.Cell(certificate.Status?.Issuer);
                page.Cell(Remaining(certificate.Status?.NotAfter, model.Now));
                page.Cell(Remaining(certificate.Status?.RenewalTime, model.Now));
                Message(page, certificate.Status);
            });

    private static void Section<T>(
        HtmlText page, string title, IReadOnlyList<string> columns, IReadOnlyList<T> rows, Action<T> writeCells)
    {
        var id = title.ToLowerInvariant().Replace(' ', '-');
        page.Raw("<section aria-labelledby=\"").Text(id).Raw("\">\n<h2 id=\"").Text(id).Raw("\">").Text(title).Raw("</h2>\n");
        if (rows.Count == 0)
        {
            page.Raw("<p class=\"none\">None.</p>\n</section>\n");
            return;
        }

        // What can be scrolled can be reached by the keyboard; roles, because a narrow screen lays the table out as blocks.
        page.Raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"").Text(id)
            .Raw("\"><table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
        foreach (var column in columns) page.Raw("<th scope=\"col\" role=\"columnheader\">").Text(column).Raw("</th>");
        page.Raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (var row in rows)
        {
            page.Row(columns);
            writeCells(row);
            page.Raw("</tr>\n");
        }
        page.Raw("</tbody>\n</table></div>\n</section>\n");
    }

    private static void Name(HtmlText page, ResourceMetadata metadata) =>
        page.RowTitle().Text(metadata.Name).Raw("<small>").Text(metadata.Namespace).Raw("</small></th>");

    // The same order of questions as Argo CD's health script: what is asked for comes before what was found.
    private static void State(HtmlText page, ResourceStatus? status, ResourceMetadata metadata)
    {
        var ready = Find(status, ConditionTypes.Ready);
        if (metadata.DeletionTimestamp is not null) Badge(page, "busy", "being deleted");
        else if (metadata.IsPaused) Badge(page, "busy", "paused");
        else if (Find(status, ConditionTypes.Stalled)?.Status == ConditionStatus.True) Badge(page, "bad", "needs you");
        else if (ready is null || status!.ObservedGeneration < metadata.Generation) Badge(page, "busy", "not looked at yet");
        else if (ready.Status == ConditionStatus.True) Badge(page, "good", "ready");
        else if (Find(status, ConditionTypes.Reconciling)?.Status == ConditionStatus.True) Badge(page, "busy", "at work");
        else
            Badge(page, ready.Status == ConditionStatus.False ? "bad" : "busy", ready.Status == ConditionStatus.False
                ? "not ready"
                : "unknown");
    }

    private static void Badge(HtmlText page, string kind, string word) =>
        page.Cell().Raw("<span class=\"").Text(kind).Raw("\">").Text(word).Raw("</span></td>");

    /// <summary>What keeps it from being ready, or what being ready means.</summary>
    private static void Message(HtmlText page, ResourceStatus? status)
    {
        var stalled = Find(status, ConditionTypes.Stalled);
        page.Cell((stalled?.Status == ConditionStatus.True ? stalled : Find(status, ConditionTypes.Ready))?.Message);
    }

    private static Condition? Find(ResourceStatus? status, string type) =>
        status?.Conditions.FirstOrDefault(condition => condition.Type == type);

    private static List<T> Sorted<T>(IEnumerable<T> objects, Func<T, ResourceMetadata> metadata) =>
        [.. objects.OrderBy(item => metadata(item).Namespace, StringComparer.Ordinal)
            .ThenBy(item => metadata(item).Name, StringComparer.Ordinal)];

    private static string? Ago(DateTimeOffset? time, DateTimeOffset now) => time is { } then ? $"{Span(now - then)} ago" : null;

    private static string? Remaining(DateTimeOffset? time, DateTimeOffset now) =>
        time is not { } then ? null : then > now ? Span(then - now) : $"over for {Span(now - then)}";

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => $"{(int)span.TotalDays} days",
        { TotalHours: >= 2 } => $"{(int)span.TotalHours} hours",
        { TotalMinutes: >= 2 } => $"{(int)span.TotalMinutes} minutes",
        _ => $"{(int)span.TotalSeconds} seconds",
    };
}
