using System.Reflection;
using System.Text;

namespace Operator.Resources.Schemas;

/// <summary>Writes the reference page of a kind, in Markdown.</summary>
public sealed class ReferenceWriter(Documentation documentation)
{
    private readonly StringBuilder _page = new();

    public static string Write(Type kind, Documentation documentation) => new ReferenceWriter(documentation).Page(kind);

    private string Page(Type kind)
    {
        Line($"# {kind.Name}").Line();
        Line(documentation.Of(kind)).Line();
        Line(
            $"`apiVersion: {ApiGroup.ApiVersion}`, `kind: {kind.Name}`, namespaced. "
            + $"`kubectl get {ResourceKinds.ShortName(kind)}`, or `kubectl get sstp` for all kinds.");
        Line("This page is made by `sstp-operator crds`; `kubectl explain` has the same text.").Line();

        Line("## Columns").Line();
        Line("| Column | Shows |").Line("|---|---|");
        foreach (var column in kind.GetCustomAttributes<PrinterColumnAttribute>())
            Line($"| {column.Name}{(column.Wide ? " (`-o wide`)" : "")} | {column.Description} |");

        Line().Line("## Spec").Line();
        Line("Durations are whole numbers with units, larger units first: `500ms`, `90s`, `1h30m`, `720h`.").Line();
        Table(ResourceKinds.Spec(kind), "", withDefaults: true);

        Line("## Status").Line();
        Table(ResourceKinds.Status(kind), "", withDefaults: false);
        return _page.ToString().TrimEnd('\n') + "\n";
    }

    private void Table(ValueShape.Section section, string path, bool withDefaults)
    {
        Line(withDefaults ? "| Field | Meaning | Default | Bounds |" : "| Field | Meaning |");
        Line(withDefaults ? "|---|---|---|---|" : "|---|---|");
        foreach (var field in section.Fields) Row(field, path, withDefaults);
        Line();
        if (withDefaults)
        {
            foreach (var rule in section.Rules) Line($"- {rule.Message}.");
            if (section.Rules.Count > 0) Line();
        }

        foreach (var field in section.Fields)
        {
            var below = field.Shape as ValueShape.Section ?? (field.Shape as ValueShape.List)?.Item as ValueShape.Section;
            if (below is null) continue;
            var name = path + field.Name + (field.Shape is ValueShape.List ? "[]" : "");
            Line($"### {name}").Line();
            Line(documentation.Of(field.Property)).Line();
            Table(below, name + ".", withDefaults);
        }
    }

    private void Row(ShapeField field, string path, bool withDefaults)
    {
        var meaning = documentation.Of(field.Property);
        if (field.Shape is ValueShape.Word word) meaning += Members(word);
        meaning = meaning.Replace("|", "\\|", StringComparison.Ordinal);
        if (!withDefaults)
        {
            Line($"| `{path}{field.Name}` | {meaning} |");
            return;
        }
        var value = field.IsRequired ? "required" : BoundsText.Of(field.Default) is { } text ? $"`{text}`" : "";
        Line($"| `{path}{field.Name}` | {meaning} | {value} | {BoundsText.Of(field.Shape)} |");
    }

    private string Members(ValueShape.Word word)
    {
        var members = word.Words.Select(name => (name, text: documentation.OfMember(word.Enum, name)))
            .Where(member => member.text.Length > 0);
        return string.Concat(members.Select(member => $" `{member.name}`: {member.text}"));
    }

    private ReferenceWriter Line(string text = "")
    {
        _page.Append(text).Append('\n');
        return this;
    }
}
