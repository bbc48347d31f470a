using System.Text.Json.Nodes;

namespace LocalControlPlane.Workloads.Processes;

/// <summary>
/// The rights of root that a container keeps (capabilities(7)). A container that drops ALL gets a bounding set of what it
/// adds, by setpriv(1), where the runner is root; user numbers are not changed, for the files of the host are the runner's.
/// </summary>
internal static class CapabilityBounds
{
    private const string Setpriv = "/usr/bin/setpriv";

    /// <summary>What to put before a program and its arguments; empty when nothing
    /// is to be taken away, or nothing can be.</summary>
    /// <param name="program">Files that it must be able to read: itself, and what it is told to run.</param>
    public static IReadOnlyList<string> Prefix(JsonObject container, IEnumerable<string> program) =>
        Environment.IsPrivilegedProcess && File.Exists(Setpriv) ? Arguments(container, program.Any(IsBehindClosedFolder)) : [];

    /// <param name="isHidden">The program is where only root's right to read everything leads,
    /// such as in somebody's home.</param>
    internal static IReadOnlyList<string> Arguments(JsonObject container, bool isHidden)
    {
        var context = container["securityContext"];
        var arguments = new List<string>();
        if (context.TextsAt("capabilities", "drop").Contains("ALL"))
        {
            var kept = context.TextsAt("capabilities", "add").Select(name => "+" + Name(name));
            if (isHidden) kept = kept.Append("+dac_read_search");
            arguments.Add($"--bounding-set={string.Join(',', kept.Prepend("-all"))}");
            // What could be passed on by way of inheritance would escape the bound.
            arguments.Add("--inh-caps=-all");
        }

        if (context.At("allowPrivilegeEscalation") is not null && !context.FlagAt("allowPrivilegeEscalation"))
            arguments.Add("--no-new-privs");
        return arguments.Count == 0 ? [] : [Setpriv, .. arguments];
    }

    private static bool IsBehindClosedFolder(string file)
    {
        if (!Path.IsPathRooted(file) || !File.Exists(file)) return false;
        for (var folder = Directory.GetParent(file); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return true;
        }

        return false;
    }

    private static string Name(string capability) =>
        (capability.StartsWith("CAP_", StringComparison.Ordinal) ? capability[4..] : capability).ToLowerInvariant();
}
