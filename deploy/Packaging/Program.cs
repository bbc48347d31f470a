using System.CommandLine;
using Packaging.Charts;
using Packaging.Sbom;

var root = new RootCommand(
    "What ./release needs beside a compiler: the Helm chart, made from deploy/base, and the list of what is in the programs.")
{
    ChartCommand.Create(),
    SbomCommand.Create(),
};
return root.Parse(args).Invoke();
