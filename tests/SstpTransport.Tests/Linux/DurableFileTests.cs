using SstpTransport.Linux;
using TestSupport.Files;
using TestSupport.Namespaces;

namespace SstpTransport.Tests.Linux;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("durable");

    private string Target => _folder.File("file");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Replaces_the_whole_content_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(Target, "a longer old content");
        DurableFile.Replace(Target, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Is_readable_by_its_owner_only()
    {
        DurableFile.Replace(Target, stream => stream.Write("new"u8));
        Assert.Equal("600\n", OwnNamespace.Output("stat", "--format", "%a", Target));
    }

    [Fact]
    public void Keeps_the_old_content_when_writing_fails()
    {
        File.WriteAllText(Target, "old");
        Assert.Throws<IOException>(() => DurableFile.Replace(Target, stream =>
        {
            stream.Write("ne"u8);
            throw new IOException("disk full");
        }));
        Assert.Equal("old", File.ReadAllText(Target));

        DurableFile.Replace(Target, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(Target));
    }
}
