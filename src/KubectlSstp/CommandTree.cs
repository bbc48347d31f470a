using System.CommandLine;
using KubectlSstp.Bench;
using KubectlSstp.Calls;
using KubectlSstp.Cluster;
using KubectlSstp.Completion;
using KubectlSstp.Doctor;
using KubectlSstp.Lint;
using KubectlSstp.Profiles;
using KubectlSstp.Status;
using KubectlSstp.Users;

namespace KubectlSstp;

/// <summary>Everything the program can be told. kubectl finds it by its name:
/// "kubectl sstp ..." runs it with the rest of the line.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var cluster = new ClusterOptions();
        var root = new RootCommand("Looks after SSTP gateways, their names and certificates. Run as a plugin: kubectl sstp.")
        {
            StatusCommand.Create(cluster),
            DoctorCommand.Create(cluster),
            SessionsCommand.Create(cluster),
            KickCommand.Create(cluster),
            TopCommand.Create(cluster),
            UserCommand.Create(cluster),
            ProfileCommand.Create(cluster),
            LintCommand.Create(),
            BenchCommand.Create(cluster),
            CompletionCommand.Create(),
        };
        root.Add(CompletionCommand.CreateAnswer(root));
        cluster.AddTo(root);
        return root;
    }
}
