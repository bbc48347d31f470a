using System.CommandLine;
using LocalControlPlane.Storage;
using Operator.Hosting;

namespace Operator.Local;

/// <summary><c>sstp-operator local backup FILE</c> and <c>restore FILE</c>: copies of the store.</summary>
internal static class BackupCommand
{
    public static Command CreateSave() => Create(
        "backup", "Write a copy of the store, also while it is in use. There are Secrets in it.", "A file that is not there yet.",
        (data, file) =>
        {
            Backup.Save(data, file);
            return $"{file} holds the store of {data}. Keep it where nobody else can read it; "
                + "certificates and token of the API server are not in it.";
        });

    public static Command CreateRestore() => Create(
        "restore", "Put a copy in the place of the store, while nothing uses it.", "What backup wrote.",
        (data, file) => Backup.Restore(data, file) is { } kept
            ? $"{data} holds what was in {file}. The store that was there is {kept}."
            : $"{data} holds what was in {file}.");

    private static Command Create(string name, string description, string fileDescription, Func<string, string, string> act)
    {
        var data = LocalOptions.Data();
        var file = new Argument<FileInfo>("file") { Description = fileDescription };
        var command = new Command(name, description) { file, data };
        command.SetAction(parsed =>
        {
            try
            {
                Console.Out.WriteLine(act(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(file).FullName));
                return ExitCode.Success;
            }
            catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(e.Message);
                return ExitCode.Host;
            }
        });
        return command;
    }
}
