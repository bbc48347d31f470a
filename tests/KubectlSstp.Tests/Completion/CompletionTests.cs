using KubectlSstp.Completion;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Processes;

namespace KubectlSstp.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private static readonly string Program = Repository.Program("KubectlSstp", "kubectl-sstp");

    private readonly TemporaryFolder _folder = new("completion");

    public CompletionTests()
    {
        // The program as it is installed: under its name, on the PATH.
        var script = _folder.Write("kubectl-sstp", $"#!/bin/sh\nexec dotnet {Program} \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_verb_is_offered_and_none_that_is_hidden()
    {
        var lines = Answer("");

        foreach (var verb in new[]
        {
            "bench", "completion", "doctor", "kick", "lint", "profile", "sessions", "status", "top", "user",
        })
            Assert.Contains(lines, line => line.StartsWith(verb + "\t", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith("__", StringComparison.Ordinal));
        Assert.Equal(":4", lines[^1]);
    }

    [Fact]
    public void Words_are_completed_where_they_stand()
    {
        Assert.Equal(
            ["add", "disable", "enable", "list", "passwd", "remove", "totp"],
            Words("user", "").Where(word => !word.StartsWith('-')));
        Assert.Equal(["totp"], Words("user", "to"));
        Assert.Contains("--with-password", Words("profile", "--w"));
        Assert.Equal(["android", "ios", "linux", "macos", "routeros", "windows"], Words("profile", "--for", ""));
        Assert.Equal(["json", "table", "wide"], Words("sessions", "-o", ""));
    }

    [Fact]
    public void Where_files_are_wanted_the_shell_may_offer_them() => Assert.Equal(":0", Answer("lint", "exa")[^1]);

    [RequiresFact("bash")]
    public async Task Bash_shows_what_the_program_says()
    {
        var output = await RunAsync(
            "bash",
            "source <(kubectl-sstp completion bash); COMP_WORDS=(kubectl-sstp ki); COMP_CWORD=1; "
            + "_kubectl_sstp; echo \"${COMPREPLY[@]}\"");

        Assert.Equal("kick\n", output);
    }

    [RequiresFact("zsh")]
    public async Task Zsh_shows_what_the_program_says()
    {
        var output = await RunAsync(
            "zsh",
            "source <(kubectl-sstp completion zsh); _describe() { print -l -- ${(P)2}; }; "
            + "words=(kubectl-sstp ki); CURRENT=2; _kubectl_sstp");

        Assert.StartsWith("kick:End calls politely.", output, StringComparison.Ordinal);
    }

    [RequiresFact("fish")]
    public async Task Fish_shows_what_the_program_says()
    {
        var output = await RunAsync("fish", "kubectl-sstp completion fish | source; complete -C 'kubectl-sstp ki'");

        Assert.StartsWith("kick\tEnd calls politely.", output, StringComparison.Ordinal);
    }

    [RequiresFact("sh")]
    public async Task The_file_for_kubectl_answers_in_its_protocol()
    {
        var file = _folder.Write("kubectl_complete-sstp", ShellScripts.Of("kubectl"));

        var output = await RunAsync("sh", $"sh {file} user to");

        Assert.Equal("totp", output.Split('\t')[0]);
        Assert.EndsWith(":4\n", output, StringComparison.Ordinal);
    }

    private Task<string> RunAsync(string shell, string script) =>
        Command.RunAsync(
            "env", $"PATH={_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
            $"HOME={_folder.Path}", shell, "-c", script);

    private static string[] Answer(params string[] words) =>
        CompletionCommand.Answer(CommandTree.Create(), words).TrimEnd('\n').Split('\n');

    private static IEnumerable<string> Words(params string[] words) => Answer(words)[..^1].Select(line => line.Split('\t')[0]);
}
