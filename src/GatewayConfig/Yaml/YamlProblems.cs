namespace GatewayConfig.Yaml;

/// <summary>What reading a file has found so far: mistakes, and at which line each field is.</summary>
internal sealed class YamlProblems
{
    private readonly List<ConfigurationError> _errors = [];
    private readonly Dictionary<string, int> _lines = [];

    public IReadOnlyList<ConfigurationError> Errors => _errors;

    /// <summary>True for files that hold secrets: neither a key that nobody knows nor the parser's own words,
    /// which quote, are repeated.</summary>
    public bool HoldsSecrets { get; init; }

    public void Add(string path, string message, long line) => _errors.Add(new ConfigurationError(path, message, (int)line));

    public void Place(string path, long line) => _lines[path] = (int)line;

    /// <summary>Adds what the validator objects to, unless the same field could not even be read:
    /// then its default was checked, not the user's value.</summary>
    public void AddUnlessUnread(IEnumerable<ConfigurationError> found)
    {
        var unread = _errors.Select(error => error.Path).ToHashSet();
        _errors.AddRange(
            found.Where(error => !unread.Contains(error.Path)).Select(error => error with { Line = LineOf(error.Path) }));
    }

    /// <summary>The line of a field, or of the section it would be in.</summary>
    private int? LineOf(string path)
    {
        while (true)
        {
            if (_lines.TryGetValue(path, out var line)) return line;
            var end = Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
            if (end < 0) return null;
            path = path[..end];
        }
    }
}
