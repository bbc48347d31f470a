using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane.Storage;

/// <summary>The SQLite file. One connection, used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _count;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;

    private Database(SqliteConnection connection)
    {
        _connection = connection;
        _count = Prepare("UPDATE counter SET revision = $revision", "$revision");
        _put = Prepare(
            """
            INSERT INTO objects (resource, namespace, name, revision, body, schema) VALUES ($resource, $namespace, $name, $revision, $body, $schema)
            ON CONFLICT (resource, namespace, name) DO UPDATE SET revision = excluded.revision, body = excluded.body, schema = excluded.schema
            """,
            "$resource", "$namespace", "$name", "$revision", "$body", "$schema");
        _delete = Prepare(
            "DELETE FROM objects WHERE resource = $resource AND namespace = $namespace AND name = $name",
            "$resource", "$namespace", "$name");
    }

    /// <exception cref="StorageException">The file is of a newer version, damaged, or not accessible.</exception>
    public static Database Open(string path, ILogger logger)
    {
        SqliteConnection? connection = null;
        try
        {
            MakePrivate(path);
            connection = Connect(path);
            // FULL: a commit is on the disk, not only with the kernel, before it is acknowledged.
            Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;");
            Upgrade(connection, path, logger);
            return new Database(connection);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw new StorageException($"{path} cannot be opened: {e.Message}. Check its permissions, or restore a backup.", e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    public long ReadRevision()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT revision FROM counter";
        return (long)command.ExecuteScalar()!;
    }

    public IEnumerable<StoredObject> ReadObjects()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT resource, namespace, name, revision, body, schema FROM objects";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var key = new ObjectKey(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            yield return new StoredObject(key, reader.GetInt64(3), reader.GetFieldValue<byte[]>(4), reader.GetString(5));
        }
    }

    /// <summary>All of it or nothing; on the disk when it returns.</summary>
    public void Commit(IReadOnlyCollection<Change> changes)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var change in changes)
        {
            if (change.IsDeletion) Delete(change.Key, transaction);
            else Put(change.After, transaction);
        }

        _count.Transaction = transaction;
        _count.Parameters[0].Value = changes.Last().Revision;
        _count.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>Sets the counter forward, and leaves one file without a log beside it.</summary>
    public void Leap(long by)
    {
        Run(_connection, $"UPDATE counter SET revision = revision + {by}; PRAGMA journal_mode = DELETE;");
    }

    /// <summary>Copies a database whole, into a file that only its owner may read; there may be Secrets in it.</summary>
    public static void CopyTo(SqliteConnection source, string file)
    {
        MakePrivate(file);
        using var target = Connect(file);
        source.BackupDatabase(target);
        // One file, without a log beside it.
        Run(target, "PRAGMA journal_mode = DELETE;");
    }

    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _count.Dispose();
        _put.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }

    private static void Upgrade(SqliteConnection connection, string path, ILogger logger)
    {
        using var ask = connection.CreateCommand();
        ask.CommandText = "PRAGMA user_version";
        var found = (long)ask.ExecuteScalar()!;
        if (found > Migrations.Current)
        {
            throw new StorageException(
                $"{path} is of version {found}, written by a newer program; "
                + $"this one knows up to {Migrations.Current}. Use the newer program.");
        }

        for (var version = found; version < Migrations.Current; version++)
        {
            using var transaction = connection.BeginTransaction();
            Run(connection, Migrations.Steps[(int)version] + $"PRAGMA user_version = {version + 1};");
            transaction.Commit();
        }

        if (found is > 0 && found < Migrations.Current) StorageLog.Upgraded(logger, path, found, Migrations.Current);
    }

    private static void MakePrivate(string path)
    {
        if (!File.Exists(path))
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
    }

    private void Put(StoredObject stored, SqliteTransaction transaction)
    {
        _put.Transaction = transaction;
        Bind(_put, stored.Key);
        _put.Parameters[3].Value = stored.Revision;
        _put.Parameters[4].Value = stored.Json.ToArray();
        _put.Parameters[5].Value = stored.Schema;
        _put.ExecuteNonQuery();
    }

    private void Delete(ObjectKey key, SqliteTransaction transaction)
    {
        _delete.Transaction = transaction;
        Bind(_delete, key);
        _delete.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, ObjectKey key)
    {
        command.Parameters[0].Value = key.Resource;
        command.Parameters[1].Value = key.Namespace;
        command.Parameters[2].Value = key.Name;
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
