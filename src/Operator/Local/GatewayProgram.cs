using LocalControlPlane.Workloads;

namespace Operator.Local;

/// <summary>Which program stands for the image of gateways.</summary>
internal static class GatewayProgram
{
    private const string Name = "sstp-gateway";

    /// <summary>The program asked for; else the one beside this program; else one on the PATH.</summary>
    /// <param name="asked">A program, or an assembly (.dll) for <c>dotnet</c> to run; null for none.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static ProgramCommand Find(string? asked)
    {
        if (asked is not null && !File.Exists(asked))
            throw new FileNotFoundException($"{asked} is not there; give the gateway's program with --gateway-program.");
        if (asked is not null) return Command(Path.GetFullPath(asked));

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Prepend(AppContext.BaseDirectory);
        return folders.SelectMany(folder => (string[])[Path.Combine(folder, Name), Path.Combine(folder, Name + ".dll")])
            .FirstOrDefault(File.Exists) is { } found
            ? Command(found)
            : throw new FileNotFoundException(
                $"{Name} is neither beside this program nor on the PATH; give it with --gateway-program.");
    }

    private static ProgramCommand Command(string path) =>
        path.EndsWith(".dll", StringComparison.Ordinal) ? new ProgramCommand("dotnet", [path]) : new ProgramCommand(path, []);
}
