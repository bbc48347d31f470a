using System.CommandLine;

namespace KubectlSstp.Cluster;

/// <summary>The options of kubectl that say which cluster and namespace are meant.</summary>
internal sealed class ClusterOptions
{
    private readonly Option<string?> _kubeconfig =
        new("--kubeconfig") { Description = "The kubeconfig file; else KUBECONFIG, else ~/.kube/config.", Recursive = true };
    private readonly Option<string?> _context =
        new("--context") { Description = "The context in it; else its current one.", Recursive = true };
    private readonly Option<string?> _namespace =
        new("--namespace", "-n") { Description = "The namespace; else the context's.", Recursive = true };

    public void AddTo(Command root)
    {
        root.Options.Add(_kubeconfig);
        root.Options.Add(_context);
        root.Options.Add(_namespace);
    }

    /// <summary>Runs what needs the cluster, and turns the cluster's refusals into words for the user.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<ClusterSession, Task<int>> work)
    {
        try
        {
            using var session = ClusterSession.Open(
                parsed.GetValue(_kubeconfig), parsed.GetValue(_context), parsed.GetValue(_namespace));
            return await work(session).ConfigureAwait(false);
        }
        catch (Exception e) when (ClusterProblem.Explain(e) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
