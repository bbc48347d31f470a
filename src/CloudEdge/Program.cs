using CloudEdge.Clouds;
using CloudEdge.Configuration;
using CloudEdge.Programs;

// Pulumi's YAML host runs this as the "compiler" of Pulumi.yaml and takes standard output for the program,
// so nothing else goes there.
var project = Environment.GetEnvironmentVariable("PULUMI_PROJECT") is { Length: > 0 } named ? named : "sstp-edge";
if (Environment.GetEnvironmentVariable("PULUMI_CONFIG") is not { } json)
{
    Console.Out.Write(ProgramText.Write(PackageDiscovery.Program(project)));
    return 0;
}

if (!ConfigurationReader.TryRead(json, project, out var configuration, out var problems))
{
    Console.Error.WriteLine($"The configuration of this stack has {problems.Count} mistake{(problems.Count == 1 ? "" : "s")}:");
    foreach (var problem in problems) Console.Error.WriteLine($"  {project}:{problem}");
    return 1;
}

var stack = Environment.GetEnvironmentVariable("PULUMI_STACK") is { Length: > 0 } chosen ? chosen : "dev";
Console.Out.Write(ProgramText.Write(EdgeProgram.Build(configuration, project, stack)));
return 0;
