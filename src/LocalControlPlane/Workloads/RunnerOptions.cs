namespace LocalControlPlane.Workloads;

/// <summary>How the workloads of one host are run.</summary>
/// <param name="DataFolder">For state, volumes and logs; made when it is not there, readable by its owner only.</param>
public sealed record RunnerOptions(string DataFolder)
{
    /// <summary>The node's name; the host's by default.</summary>
    public string NodeName { get; init; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>What runs for an image: by its name without tag and digest,
    /// or by the whole reference, which goes first.</summary>
    public IReadOnlyDictionary<string, ProgramCommand> Programs { get; init; } = new Dictionary<string, ProgramCommand>();

    /// <summary>Labels of the node beside its host name.</summary>
    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>A cgroup v2 folder below which each pod gets its own; null to leave processes where the runner is.</summary>
    public string? CgroupFolder { get; init; }

    /// <summary>A log is cut when it passes this many bytes; the older part is kept once. 16 MiB by default.</summary>
    public long LargestLog { get; init; } = 16 * 1024 * 1024;

    internal string StateFile => Path.Combine(DataFolder, "runner.json");

    internal string PodFolder(string uid) => Path.Combine(DataFolder, "pods", uid);

    internal string LogFolder => Path.Combine(DataFolder, "logs");

    /// <summary>Null when no program is known for the image.</summary>
    internal ProgramCommand? Program(string image)
    {
        if (Programs.TryGetValue(image, out var exact)) return exact;
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/')) name = name[..colon];
        return Programs.GetValueOrDefault(name);
    }
}
