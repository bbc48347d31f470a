using System.CommandLine;
using KubectlSstp.Cluster;
using KubectlSstp.Doctor;
using KubectlSstp.Status;
using KubectlSstp.Users;

// kubectl finds this program by its name: "kubectl sstp ..." runs it with the rest of the line.
var cluster = new ClusterOptions();
var root = new RootCommand("Looks after SSTP gateways, their names and certificates. Run as a plugin: kubectl sstp.")
{
    StatusCommand.Create(cluster),
    DoctorCommand.Create(cluster),
    UserCommand.Create(cluster),
};
cluster.AddTo(root);
return await root.Parse(args).InvokeAsync();
