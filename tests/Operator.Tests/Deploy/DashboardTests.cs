using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TestSupport.Files;

namespace Operator.Tests.Deploy;

/// <summary>The dashboards keep to what Grafana's published schema of a dashboard (version 39) asks of them.
/// Grafana itself is not here to ask.</summary>
public sealed partial class DashboardTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "deploy", "monitoring"), "dashboard-*.json")
            .Select(file => Path.GetFileName(file)),
    ];

    // Identifiers of @grafana/data's value formats and panel plugins, as far as they are used.
    private static readonly string[] Units = ["short", "s", "bps", "percentunit", "cpm", "cps", "pps", "reqps", "ops"];
    private static readonly string[] PanelTypes = ["stat", "timeseries"];
    private static readonly string[] Colours = ["green", "orange", "red"];

    // Put in by Grafana itself.
    private static readonly string[] OwnVariables = ["__rate_interval"];

    [Theory, MemberData(nameof(Files))]
    public void The_dashboard_can_be_imported_as_it_stands(string file)
    {
        var dashboard = Read(file);

        Assert.Equal(39, (int)dashboard["schemaVersion"]!);
        Assert.Matches("^[a-z-]{1,40}$", (string?)dashboard["uid"]);
        Assert.Null(dashboard["id"]);
        Assert.NotEmpty((string)dashboard["title"]!);
        Assert.Matches("^[0-9]+[smh]$", (string?)dashboard["refresh"]);
        var source = Variables(dashboard).First();
        Assert.Equal(
            ("datasource", "datasource", "prometheus"),
            ((string?)source["name"], (string?)source["type"], (string?)source["query"]));
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_panel_has_a_type_unit_and_place_that_Grafana_knows_and_says_what_it_shows(string file)
    {
        var panels = Panels(Read(file));

        Assert.Distinct(panels.Select(panel => (int)panel["id"]!));
        Assert.Distinct(panels.Select(panel => (string)panel["title"]!));
        Assert.All(panels, panel =>
        {
            Assert.Contains((string)panel["type"]!, PanelTypes);
            Assert.NotEmpty((string?)panel["description"] ?? "");
            var defaults = panel["fieldConfig"]!["defaults"]!;
            Assert.Contains((string)defaults["unit"]!, Units);
            var steps = defaults["thresholds"]?["steps"]?.AsArray() ?? [];
            // The first has no value: it is the colour from minus infinity on.
            Assert.All(
                steps, (step, i) => Assert.True(Colours.Contains((string)step!["color"]!) && step["value"] is null == (i == 0)));
            Assert.Equal(
                steps.Skip(1).Select(step => (double)step!["value"]!).Order(),
                steps.Skip(1).Select(step => (double)step!["value"]!));
            Assert.Equal(
                ("prometheus", "${datasource}"), ((string?)panel["datasource"]!["type"], (string?)panel["datasource"]!["uid"]));
        });
    }

    [Theory, MemberData(nameof(Files))]
    public void Panels_fill_a_grid_of_24_columns_without_lying_on_each_other(string file)
    {
        var taken = new HashSet<(int, int)>();
        foreach (var place in Panels(Read(file)).Select(panel => panel["gridPos"]!))
        {
            int x = (int)place["x"]!, y = (int)place["y"]!, w = (int)place["w"]!, h = (int)place["h"]!;
            Assert.True(x >= 0 && w > 0 && x + w <= 24 && h > 0, place.ToJsonString());
            foreach (var cell in from column in Enumerable.Range(x, w) from row in Enumerable.Range(y, h) select (column, row))
                Assert.True(taken.Add(cell), $"two panels at {cell}");
        }
        Assert.Equal(24 * (taken.Max(cell => cell.Item2) + 1), taken.Count);
    }

    [Theory, MemberData(nameof(Files))]
    public void Expressions_use_variables_that_there_are_and_legends_labels_that_the_expression_keeps(string file)
    {
        var dashboard = Read(file);
        var known = Variables(dashboard).Select(variable => (string)variable["name"]!).Concat(OwnVariables).ToHashSet();
        foreach (var panel in Panels(dashboard))
        {
            var targets = panel["targets"]!.AsArray();
            Assert.Distinct(targets.Select(target => (string)target!["refId"]!));
            foreach (var target in targets)
            {
                var expression = (string)target!["expr"]!;
                Assert.All(VariableUse().Matches(expression), use => Assert.Contains(use.Groups[1].Value, known));
                var kept = Grouping().Match(expression);
                if (!kept.Success) continue;
                Assert.All(
                    Label().Matches((string)target["legendFormat"]!),
                    label => Assert.Contains(label.Groups[1].Value, kept.Groups[1].Value.Split(", ")));
            }
        }
    }

    private static JsonObject Read(string file) =>
        (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "monitoring", file)))!;

    private static List<JsonNode> Panels(JsonObject dashboard) => [.. dashboard["panels"]!.AsArray().Select(panel => panel!)];

    private static IEnumerable<JsonNode> Variables(JsonObject dashboard) =>
        dashboard["templating"]!["list"]!.AsArray().Select(variable => variable!);

    [GeneratedRegex(@"\$\{?([A-Za-z_]+)")]
    private static partial Regex VariableUse();

    [GeneratedRegex(@"^(?:sum|min|max|count) by \(([a-z_, ]+)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex Label();
}
