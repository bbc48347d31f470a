using System.Text.Json.Nodes;
using LocalControlPlane.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TestSupport.Files;

namespace LocalControlPlane.Tests.Storage;

public sealed class StoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("store");

    private string FilePath => _folder.File("objects.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_there_after_the_next_start_under_the_same_revision()
    {
        long revision;
        await using (var store = Open())
        {
            await PutAsync(store, "a", Expectation.Absent);
            revision = Committed(await PutAsync(store, "b", Expectation.Absent)).Revision;
        }

        await using var again = Open();
        Assert.Equal(revision, again.Revision);
        Assert.Equal(revision, again.Find(Key("b"))!.Revision);
    }

    [Fact]
    public async Task The_counter_does_not_go_back_when_the_newest_object_was_deleted()
    {
        long revision;
        await using (var store = Open())
        {
            var stored = Committed(await PutAsync(store, "a", Expectation.Absent));
            await store.DeleteAsync(stored);
            revision = store.Revision;
        }

        await using var again = Open();
        Assert.Equal(revision, again.Revision);
        Assert.True(Committed(await PutAsync(again, "b", Expectation.Absent)).Revision > revision);
    }

    [Fact]
    public async Task Of_two_writers_that_saw_the_same_state_one_is_refused_also_in_one_batch()
    {
        await using var store = Open();
        var seen = Committed(await PutAsync(store, "a", Expectation.Absent));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PutAsync(store, "a", Expectation.Still(seen))));

        Assert.Single(outcomes, outcome => outcome is WriteOutcome.Committed);
        Assert.All(outcomes.OfType<WriteOutcome.Refused>(), refused => Assert.NotEqual(seen.Revision, refused.Stored!.Revision));
    }

    [Fact]
    public async Task An_older_store_is_upgraded_with_what_is_in_it()
    {
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // As version 1 wrote it.
            command.CommandText = """
                CREATE TABLE counter (revision INTEGER NOT NULL);
                INSERT INTO counter VALUES (41);
                CREATE TABLE objects (resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, revision INTEGER NOT NULL,
                    body BLOB NOT NULL, PRIMARY KEY (resource, namespace, name)) WITHOUT ROWID;
                INSERT INTO objects VALUES ('configmaps', 'default', 'old', 40, CAST('{"metadata":{"name":"old","uid":"u","resourceVersion":"40"}}' AS BLOB));
                PRAGMA user_version = 1;
                """;
            command.ExecuteNonQuery();
        }

        await using (var store = Open())
        {
            Assert.Equal("u", store.Find(Key("old"))!.Uid);
            Assert.Equal(42, Committed(await PutAsync(store, "new", Expectation.Absent)).Revision);
        }

        await using var again = Open();
        Assert.NotNull(again.Find(Key("new")));
    }

    [Fact]
    public void A_store_of_a_newer_program_is_left_alone()
    {
        using (var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99;";
            command.ExecuteNonQuery();
        }

        Assert.Contains("Use the newer program", Assert.Throws<StorageException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_store_is_refused_with_advice()
    {
        File.WriteAllText(FilePath, new string('x', 5000));

        Assert.Contains("restore a backup", Assert.Throws<StorageException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_is_kept_by_count_and_by_age()
    {
        var clock = new TestSupport.Time.ManualTime();
        await using var store = ObjectStore.Open(
            FilePath, new HistoryWindow(2, 4, TimeSpan.FromMinutes(5)), clock, NullLogger.Instance);
        for (var i = 0; i < 3; i++) await PutAsync(store, $"early{i}", Expectation.Absent);
        Assert.Equal(3, store.Look("configmaps").State.Changes.Count);

        clock.Advance(TimeSpan.FromMinutes(6));
        await PutAsync(store, "late0", Expectation.Absent);
        Assert.Equal(2, store.Look("configmaps").State.Changes.Count);

        for (var i = 1; i < 9; i++) await PutAsync(store, $"late{i}", Expectation.Absent);
        var state = store.Look("configmaps").State;
        Assert.Equal(4, state.Changes.Count);
        Assert.NotNull(state.ChangesAfter(state.Oldest));
        Assert.Null(state.ChangesAfter(state.Oldest - 1));
    }

    [Fact]
    public void A_folder_is_one_processs_at_a_time()
    {
        using var first = DataFolder.Open(_folder.File("data"));

        Assert.Contains(
            "in use by another sstp-operator",
            Assert.Throws<StorageException>(() => DataFolder.Open(_folder.File("data"))).Message, StringComparison.Ordinal);
    }

    private static ObjectKey Key(string name) => new("configmaps", "default", name);

    private static StoredObject Committed(WriteOutcome outcome) => Assert.IsType<WriteOutcome.Committed>(outcome).Stored;

    private static Task<WriteOutcome> PutAsync(ObjectStore store, string name, Expectation expected) =>
        store.PutAsync(
            Key(name), expected,
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["uid"] = Guid.NewGuid().ToString() } }, "");

    private ObjectStore Open() => ObjectStore.Open(FilePath, HistoryWindow.Default, TimeProvider.System, NullLogger.Instance);
}
