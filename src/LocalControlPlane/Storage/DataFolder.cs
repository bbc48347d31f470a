using LocalControlPlane.Authentication;

namespace LocalControlPlane.Storage;

/// <summary>The folder of a control plane, held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    // EWOULDBLOCK: what .NET passes on of a lock that somebody else has.
    private const int WouldBlock = 11;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream hold)
    {
        Path = path;
        _lock = hold;
    }

    public string Path { get; }

    public string StoreFile => StoreFileIn(Path);

    public string KeyFolder => System.IO.Path.Combine(Path, "pki");

    public string TokenFile => System.IO.Path.Combine(KeyFolder, "token");

    /// <summary>Signs the tokens of service accounts.</summary>
    public string ServiceAccountKeyFile => System.IO.Path.Combine(KeyFolder, "service-accounts.key");

    public static string StoreFileIn(string folder) => System.IO.Path.Combine(folder, "objects.db");

    /// <exception cref="StorageException">Another process holds it, or it cannot be made.</exception>
    public static DataFolder Open(string path)
    {
        try
        {
            PrivateFile.MakeFolder(path);
            // An advisory lock, which the kernel lifts when the process ends, however it ends.
            return new DataFolder(path, new FileStream(
                System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new StorageException($"{path} is in use by another sstp-operator; stop that one, or give another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"{path} cannot be used ({e.Message.TrimEnd('.')}); give a folder that this user can make and write.", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
