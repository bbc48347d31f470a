namespace Packaging.Charts;

/// <summary>A manifest as text in which single places are exchanged; a place that is not there,
/// or there twice, is an error.</summary>
/// <remarks>Text, and not objects: comments stay, and the template reads like the manifest it was made from.</remarks>
/// <param name="file">Where it is from, for messages.</param>
internal sealed class ManifestText(string file, string text)
{
    /// <summary>Of a file of the repository; marks that Helm would take for its own are escaped.</summary>
    public static ManifestText Read(string repository, string file) =>
        new(file, File.ReadAllText(Path.Combine(repository, file)).Replace("{{", "{{ \"{{\" }}", StringComparison.Ordinal));

    /// <param name="place">Whole lines, without the last line's end.</param>
    /// <exception cref="InvalidDataException">There is not exactly one such place.</exception>
    public ManifestText With(string place, string replacement)
    {
        var lines = $"\n{text}";
        var searched = $"\n{place}\n";
        var at = lines.IndexOf(searched, StringComparison.Ordinal);
        if (at < 0 || lines.IndexOf(searched, at + 1, StringComparison.Ordinal) >= 0)
            throw new InvalidDataException(
                $"{file} has not exactly one place that reads\n{place}\n"
                + "so what the chart makes of it has to be thought over: ChartFiles");

        return new(file, string.Concat(lines.AsSpan(1, at), replacement, "\n", lines.AsSpan(at + searched.Length)));
    }

    /// <summary>Gives every object of the file the namespace of the release.</summary>
    public ManifestText InNamespace(string expression)
    {
        var lines = text.Split('\n').ToList();
        for (var i = lines.Count - 2; i >= 0; i--)
        {
            if (lines[i] == "metadata:") lines.Insert(i + 2, $"  namespace: {expression}");
        }
        return new(file, string.Join('\n', lines));
    }

    /// <summary>Rendered only where a condition holds.</summary>
    public ManifestText If(string condition) => Within($"{{{{- if {condition} }}}}");

    /// <summary>Rendered once for each element of a list, which <c>.</c> is then.</summary>
    public ManifestText ForEach(string list) => Within($"{{{{- range {list} }}}}\n---");

    public override string ToString() => text;

    private ManifestText Within(string opening) => new(file, $"{opening}\n{text.TrimEnd('\n')}\n{{{{- end }}}}\n");
}
