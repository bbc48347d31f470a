using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalControlPlane.Storage;

/// <summary>Copies of a store, taken while it is in use, and put back while it is not.</summary>
public static class Backup
{
    /// <summary>A store that is put back counts on from far ahead, so that no client takes
    /// its objects for ones that it has seen.</summary>
    private const long RevisionLeap = 1_000_000_000;

    /// <summary>Writes a consistent copy of a data folder's store, whether a server uses it or not.
    /// There are Secrets in it.</summary>
    /// <exception cref="StorageException">There is no store, or the file is there already.</exception>
    public static void Save(string dataFolder, string file)
    {
        var store = DataFolder.StoreFileIn(dataFolder);
        if (!File.Exists(store)) throw new StorageException($"There is no store in {dataFolder}; give the folder with --data.");
        if (File.Exists(file)) throw new StorageException($"{file} is there already; give a file that is not.");
        try
        {
            using var source = Database.Connect(store);
            Database.CopyTo(source, file);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"{store} could not be copied to {file}: {e.Message}", e);
        }
    }

    /// <summary>Puts a copy in the place of a data folder's store. What was there is kept beside it.</summary>
    /// <returns>Where the store that was there is now; null when there was none.</returns>
    /// <exception cref="StorageException">A server uses the folder, or the file
    /// is no store of this or an older version.</exception>
    public static string? Restore(string dataFolder, string file)
    {
        if (!File.Exists(file)) throw new StorageException($"{file} is not there.");
        using var folder = DataFolder.Open(dataFolder);
        var restored = folder.StoreFile + ".restored";
        File.Delete(restored);
        try
        {
            using (var source = Database.Connect(file)) Database.CopyTo(source, restored);
            using var database = Database.Open(restored, NullLogger.Instance);
            database.Leap(RevisionLeap);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"{file} is no backup: {e.Message}", e);
        }

        return PutInPlace(folder.StoreFile, restored);
    }

    private static string? PutInPlace(string store, string restored)
    {
        string? kept = null;
        if (File.Exists(store))
        {
            // Its log belongs to it: folded in, so that one file holds all.
            using (var old = Database.Connect(store)) Database.Run(old, "PRAGMA journal_mode = DELETE;");
            kept = $"{store}.before-restore";
            File.Move(store, kept, overwrite: true);
        }

        File.Move(restored, store);
        return kept;
    }
}
