using System.CommandLine;
using KubeApi.Credentials;

namespace Operator.Hosting;

/// <summary>The options that say which cluster is meant.</summary>
internal sealed class ClusterOption
{
    private readonly Option<FileInfo?> _kubeconfig = new("--kubeconfig")
    {
        Description =
            "How to reach the cluster. Left out: inside a pod its service account, else what KUBECONFIG names or ~/.kube/config.",
    };

    private readonly Option<string?> _context =
        new("--context") { Description = "Context of the kubeconfig; left out, its current one." };

    public void AddTo(Command command)
    {
        command.Add(_kubeconfig);
        command.Add(_context);
    }

    /// <exception cref="CredentialException">There is none, or it cannot be used.</exception>
    public ClusterAccess Access(ParseResult parsed)
    {
        var context = parsed.GetValue(_context);
        if (parsed.GetValue(_kubeconfig) is { } file) return Kubeconfig.Load(file.FullName).Access(context, TimeProvider.System);
        if (context is null && InCluster.TryLoad(TimeProvider.System) is { } inside) return inside;
        return Kubeconfig.Load(Kubeconfig.DefaultPaths).Access(context, TimeProvider.System);
    }
}
