using LocalControlPlane.Storage;
using LocalControlPlane.Tests.Serving;
using TestSupport.Files;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("backup");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_taken_from_a_running_server_brings_back_what_was_there()
    {
        string data, revision;
        var copy = _folder.File("copy.db");
        await using (var api = await StartAsync(_folder, ownsFolder: false))
        {
            data = api.DataFolder;
            await api.CreateAsync(WidgetPath(), Widget("kept"));
            Backup.Save(data, copy);
            revision = (await api.CreateAsync(WidgetPath(), Widget("later"))).Text("metadata", "resourceVersion");
        }

        var before = Backup.Restore(data, copy);

        await using var again = await StartAsync(_folder, ownsFolder: false);
        Assert.Equal(200, (await again.GetAsync(WidgetPath("kept"))).Code);
        Assert.Equal(404, (await again.GetAsync(WidgetPath("later"))).Code);
        Assert.True(File.Exists(before));
        // A client that saw the later object must not go on as if nothing had happened.
        (await again.GetAsync($"{WidgetPath()}?watch=1&resourceVersion={revision}")).AssertFailure(410, "Expired");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
    }

    [Fact]
    public async Task A_store_in_use_is_not_replaced()
    {
        await using var api = await StartAsync(_folder, ownsFolder: false);
        Backup.Save(api.DataFolder, _folder.File("copy.db"));

        Assert.Contains(
            "another sstp-operator",
            Assert.Throws<StorageException>(() => Backup.Restore(api.DataFolder, _folder.File("copy.db"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_backup_is_refused()
    {
        var file = _folder.Write("text", new string('x', 5000));

        Assert.Contains(
            "is no backup", Assert.Throws<StorageException>(() => Backup.Restore(_folder.File("data"), file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_not_written_over()
    {
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllText(DataFolder.StoreFileIn(_folder.File("data")), "");
        var file = _folder.Write("copy", "");

        Assert.Contains(
            "is there already", Assert.Throws<StorageException>(() => Backup.Save(_folder.File("data"), file)).Message,
            StringComparison.Ordinal);
    }
}
