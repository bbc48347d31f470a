using System.CommandLine;
using System.Text.Json;
using KubectlSstp.Cluster;
using KubectlSstp.Users;
using Spectre.Console;
using SstpClient.Probe;

namespace KubectlSstp.Doctor;

/// <summary><c>kubectl sstp doctor NAME</c>: walks the way of a call and says what is wrong where, and what to do.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static Command Create(ClusterOptions cluster)
    {
        var gateway = new Argument<string>("gateway") { Description = "The VpnGateway." };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var user = new Option<string?>("--user") { Description = "Also log in as this user; the password comes from the terminal or standard input." };
        var command = new Command("doctor", "Find out why calls to a gateway fail. Exit code 2 when there is a problem.") { gateway, output, user };
        command.SetAction((parsed, stopping) => cluster.RunAsync(parsed, async session =>
        {
            var credentials = parsed.GetValue(user) is { } name ? new ProbeCredentials(name, PasswordInput.Ask(name)) : null;
            var facts = await new FactGatherer(session, credentials, TimeProvider.System).GatherAsync(parsed.GetRequiredValue(gateway), stopping);
            var findings = Diagnosis.Of(facts);
            if (parsed.GetValue(output) == "json") Console.WriteLine(JsonSerializer.Serialize(findings, Json));
            else Write(findings);
            return findings.Any(finding => finding.Verdict == Verdict.Problem) ? ExitCode.Ill : ExitCode.Success;
        }));
        return command;
    }

    private static void Write(IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("CHECK", "", "FOUND", "WHAT TO DO");
        foreach (var finding in findings)
        {
            var (colour, word) = finding.Verdict switch
            {
                Verdict.Good => ("green", "good"),
                Verdict.Warning => ("yellow", "warning"),
                Verdict.Problem => ("red", "problem"),
                _ => ("grey", "not checked"),
            };
            table.AddRow(Markup.Escape(finding.Check), $"[{colour}]{word}[/]", Markup.Escape(finding.Found), Markup.Escape(finding.WhatToDo ?? ""));
        }
        AnsiConsole.Write(table);
    }
}
