using System.CommandLine;
using KubectlSstp.Cluster;
using KubectlSstp.Output;
using KubectlSstp.Users;
using SstpClient.Probe;

namespace KubectlSstp.Doctor;

/// <summary><c>kubectl sstp doctor NAME</c>: walks the way of a call and says what is wrong where, and what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var output = new OutputOption(hasWide: false);
        var user = new Option<string?>("--user")
        {
            Description = "Also log in as this user; the password comes from the terminal or standard input.",
        };
        var authority = new AuthorityOption();
        var command = new Command("doctor", "Find out why calls to a gateway fail. Exit code 2 when there is a problem.")
        {
            gateway, output.Option, user, authority.Option,
        };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var credentials = parsed.GetValue(user) is { } name ? new ProbeCredentials(name, PasswordInput.Once(name)) : null;
            var facts = await new FactGatherer(session, credentials, authority.Read(parsed), TimeProvider.System)
                .GatherAsync(parsed.GetRequiredValue(gateway), stopping);
            var findings = Diagnosis.Of(facts);
            if (output.IsJson(parsed)) OutputOption.WriteJson(findings);
            else Write(findings);
            return findings.Any(finding => finding.Verdict == Verdict.Problem) ? ExitCode.Ill : ExitCode.Success;
        }));
        return command;
    }

    private static void Write(IReadOnlyList<Finding> findings)
    {
        var report = new Report("CHECK", "", "FOUND", "WHAT TO DO");
        foreach (var finding in findings)
        {
            var (colour, word) = finding.Verdict switch
            {
                Verdict.Good => ("green", "good"),
                Verdict.Warning => ("yellow", "warning"),
                Verdict.Problem => ("red", "problem"),
                _ => ("grey", "not checked"),
            };
            report.Add(finding.Check, new Cell(word, colour), finding.Found, finding.WhatToDo ?? "");
        }
        report.Write();
        var codes = findings.Select(finding => finding.Code).OfType<FindingCode>()
            .Distinct().Select(FindingCodeConverter.Text).ToList();
        if (codes.Count > 0) Console.WriteLine($"More in docs/troubleshooting.md: {string.Join(", ", codes)}");
    }
}
