using CloudEdge.Clouds.Aws;
using CloudEdge.Clouds.Hetzner;
using CloudEdge.Configuration;
using CloudEdge.Programs;

namespace CloudEdge.Clouds;

/// <summary>From a configuration to the program that Pulumi runs. Pure.</summary>
public static class EdgeProgram
{
    /// <param name="project">Pulumi's name of the project; its first use is as the namespace of the configuration.</param>
    /// <param name="stack">Pulumi's name of the stack; it sets the resources of several stacks in one account apart.</param>
    public static PulumiProgram Build(EdgeConfiguration configuration, string project, string stack)
    {
        var program = new PulumiProgram(project);
        var edge = new EdgeParts(program, configuration, $"{project}-{stack}");
        switch (configuration.Cloud)
        {
            case CloudName.Hetzner:
                HetznerEdge.Add(edge);
                break;
            case CloudName.Aws:
                AwsEdge.Add(edge);
                break;
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(configuration), configuration.Cloud, "No folder in Clouds serves this cloud.");
        }
        return program;
    }
}
