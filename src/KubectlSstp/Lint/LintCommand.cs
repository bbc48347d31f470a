using System.CommandLine;
using KubectlSstp.Output;

namespace KubectlSstp.Lint;

/// <summary><c>kubectl sstp lint FILE...</c>: what the API server, the operator and the gateway would say,
/// before anything is committed. Asks no cluster.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Files of YAML or JSON, folders (also of kustomize), or - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "Take warnings for errors: everything has to be in these files.",
        };
        var output = new OutputOption(hasWide: false);
        var command = new Command(
            "lint", "Check resources before they are applied, without a cluster. Exit code 2 when there is an error.")
        {
            files, strict, output.Option,
        };
        command.SetAction(parsed =>
        {
            var space = parsed.GetValue<string?>("--namespace") ?? "default";
            var findings = Linter.Check(parsed.GetRequiredValue(files), space, out var objects);
            if (output.IsJson(parsed)) OutputOption.WriteJson(findings);
            else Write(findings, objects);
            var bound = parsed.GetValue(strict) ? Severity.Warning : Severity.Error;
            return findings.Any(finding => finding.Severity >= bound) ? ExitCode.Ill : ExitCode.Success;
        });
        return command;
    }

    private static void Write(IReadOnlyList<LintFinding> findings, int objects)
    {
        if (findings.Count > 0)
        {
            var report = new Report("", "OBJECT", "FIELD", "WHAT IS WRONG", "FILE");
            foreach (var finding in findings)
            {
                var (word, colour) = finding.Severity == Severity.Error ? ("error", "red") : ("warning", "yellow");
                report.Add(new Cell(word, colour), finding.Object, finding.Field, finding.Message, finding.File);
            }
            report.Write();
        }
        Console.WriteLine(
            $"{Words.Count(objects, "object")}, "
            + $"{Words.Count(findings.Count(finding => finding.Severity == Severity.Error), "error")}, "
            + $"{Words.Count(findings.Count(finding => finding.Severity == Severity.Warning), "warning")}");
    }
}
