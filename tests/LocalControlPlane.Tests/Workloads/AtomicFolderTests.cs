using System.Text;
using LocalControlPlane.Workloads.Volumes;
using TestSupport.Files;

namespace LocalControlPlane.Tests.Workloads;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("volume");

    [Fact]
    public void Files_change_together_and_a_reader_of_the_old_link_target_finds_the_old_state_until_then()
    {
        Assert.True(Write(("a", "1"), ("b/c", "1")));
        Assert.Equal("1", File.ReadAllText(_folder.File("a")));
        Assert.Equal("1", File.ReadAllText(_folder.File("b/c")));
        var before = new FileInfo(_folder.File("..data")).LinkTarget;

        Assert.True(Write(("a", "2"), ("b/c", "2")));
        Assert.Equal("2", File.ReadAllText(_folder.File("a")));
        Assert.Equal("2", File.ReadAllText(_folder.File("b/c")));
        Assert.NotEqual(before, new FileInfo(_folder.File("..data")).LinkTarget);
        Assert.False(Directory.Exists(_folder.File(before!)));
    }

    [Fact]
    public void The_same_content_again_touches_nothing()
    {
        Assert.True(Write(("a", "1")));
        Assert.False(Write(("a", "1")));
    }

    [Fact]
    public void A_name_that_is_gone_disappears_and_an_empty_volume_is_a_folder()
    {
        Write(("a", "1"), ("b", "1"));
        Write(("b", "1"));
        Assert.False(File.Exists(_folder.File("a")));
        Assert.Equal("1", File.ReadAllText(_folder.File("b")));
        Assert.True(AtomicFolder.Write(_folder.File("empty"), []));
        Assert.True(Directory.Exists(_folder.File("empty")));
    }

    [Fact]
    public async Task Readers_never_see_a_mixture()
    {
        Write(("a", "0"), ("b", "0"));
        var mixtures = 0;
        var isOver = false;
        var reader = Task.Run(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                // Through one resolved link, as a program that wants a pair reads it.
                var target = new FileInfo(_folder.File("..data")).LinkTarget!;
                try
                {
                    if (File.ReadAllText(_folder.File($"{target}/a")) != File.ReadAllText(_folder.File($"{target}/b")))
                        mixtures++;
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    // It was replaced meanwhile, which a reader sees as "look again".
                }
            }
        });
        for (var i = 1; i < 200; i++) Write(("a", $"{i}"), ("b", $"{i}"));
        Volatile.Write(ref isOver, true);
        await reader;
        Assert.Equal(0, mixtures);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    public void A_path_that_leaves_the_volume_is_refused(string path) =>
        Assert.Throws<IOException>(
            () => AtomicFolder.Write(_folder.Path, [new VolumeFile(path, Encoding.UTF8.GetBytes("x"), UnixFileMode.UserRead)]));

    public void Dispose() => _folder.Dispose();

    private bool Write(params (string Path, string Text)[] files) =>
        AtomicFolder.Write(_folder.Path, [.. files.Select(
            f => new VolumeFile(f.Path, Encoding.UTF8.GetBytes(f.Text), UnixFileMode.UserRead | UnixFileMode.UserWrite))]);
}
