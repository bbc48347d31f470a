using System.Text.Json;
using CloudEdge.Clouds;
using CloudEdge.Configuration;
using CloudEdge.Programs;

namespace CloudEdge.Tests.Configuration;

/// <summary>Configurations as Pulumi hands them over, and the programs they become.</summary>
internal static class Stacks
{
    public const string Project = "sstp-edge";

    /// <summary>The least that is valid.</summary>
    public static Dictionary<string, string> Least() => new()
    {
        ["hostname"] = "vpn.example.org",
        ["sshPublicKey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGp0 admin@example.org",
        ["adminRanges"] = "[\"192.0.2.0/24\"]",
        ["repository"] = "https://git.example.org/vpn/sstp-operator",
    };

    public static string Json(IReadOnlyDictionary<string, string> keys) =>
        JsonSerializer.Serialize(keys.ToDictionary(
            entry => entry.Key.Contains(':', StringComparison.Ordinal) ? entry.Key : $"{Project}:{entry.Key}",
            entry => entry.Value));

    public static IReadOnlyList<ConfigurationProblem> Problems(IReadOnlyDictionary<string, string> keys)
    {
        ConfigurationReader.TryRead(Json(keys), Project, out _, out var problems);
        return problems;
    }

    public static string Program(IReadOnlyDictionary<string, string> keys)
    {
        ConfigurationReader.TryRead(Json(keys), Project, out var configuration, out var problems);
        Assert.Empty(problems);
        return ProgramText.Write(EdgeProgram.Build(configuration, Project, "prod"));
    }
}
