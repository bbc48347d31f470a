using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Pods;

namespace LocalControlPlane.Workloads.Volumes;

/// <summary>Whether what a hostPath volume promises is there; makes what it asks to be made.</summary>
internal static class HostPathCheck
{
    public static WaitingReason? Problem(JsonObject pod)
    {
        foreach (var volume in pod.ObjectsAt("spec", "volumes"))
        {
            if (volume["hostPath"] is not JsonObject host) continue;
            var path = host.TextAt("path") ?? "/";
            var problem = Check(path, host.TextAt("type") ?? "");
            if (problem is not null)
                return new WaitingReason(
                    "ContainerCreating",
                    $"MountVolume.SetUp failed for volume \"{volume.TextAt("name")}\" : "
                    + $"hostPath type check failed: {path} {problem}");
        }

        return null;
    }

    private static string? Check(string path, string type)
    {
        switch (type)
        {
            case "DirectoryOrCreate":
                Directory.CreateDirectory(path);
                return null;
            case "FileOrCreate":
                using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite)) return null;
            case "Directory":
                return Directory.Exists(path) ? null : "is not a directory";
            case "File":
                return File.Exists(path) ? null : "is not a file";
            case "CharDevice":
                return IsDevice(path) ? null : "is not a character device";
            case "Socket":
                return File.Exists(path) && !File.GetAttributes(path).HasFlag(FileAttributes.Directory)
                    ? null
                    : "is not a socket file";
            default:
                return null;
        }
    }

    private static bool IsDevice(string path) => FileKind.IsCharacterDevice(path);
}
