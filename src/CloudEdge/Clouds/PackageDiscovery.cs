using CloudEdge.Configuration;
using CloudEdge.Programs;

namespace CloudEdge.Clouds;

/// <summary>What is printed when Pulumi only wants to know which providers a program may need,
/// and gives no configuration.</summary>
/// <remarks>It is never run. Its resources stand for all that any configuration can ask for,
/// so the answer does not depend on one.</remarks>
public static class PackageDiscovery
{
    public static PulumiProgram Program(string project)
    {
        var program = new PulumiProgram(project);
        Span<CloudName> clouds = [CloudName.Hetzner, CloudName.Aws];
        foreach (var cloud in clouds)
        {
            var sample = EdgeProgram.Build(
                new EdgeConfiguration
                {
                    Cloud = cloud, Hostname = "vpn.example.org", DnsZone = "example.org", AwsRegion = "eu-central-1",
                },
                project, "discovery");
            program.Include(sample, prefix: cloud.ToString().ToLowerInvariant());
        }
        return program;
    }
}
