using System.Threading.Channels;
using SstpGateway.Configuration;
using SstpGateway.Tests.Support;
using TestSupport.Files;

namespace SstpGateway.Tests.Configuration;

/// <summary>A mounted Secret changes at once for whoever reads it, not only when it is time to look again.</summary>
public sealed class FolderHintsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();
    private readonly Channel<string> _seen = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task The_swap_of_a_Kubernetes_volume_is_noticed()
    {
        var volume = new SecretVolume(_folder.File("config"));
        volume.Publish(("gateway.yaml", "first"));
        using var hints = Follow(volume.File("gateway.yaml"));

        volume.Publish(("gateway.yaml", "second"));

        await WaitForAsync("second");
    }

    [Fact]
    public async Task A_file_that_is_replaced_is_noticed()
    {
        using var hints = Follow(_folder.Write("gateway.yaml", "first"));

        _folder.Write("gateway.yaml.new", "second");
        File.Move(_folder.File("gateway.yaml.new"), _folder.File("gateway.yaml"), overwrite: true);

        await WaitForAsync("second");
    }

    [Fact]
    public async Task A_file_that_appears_in_a_folder_that_appears_is_noticed_after_the_next_look()
    {
        using var hints = Follow(_folder.File("tls/tls.crt"));
        Directory.CreateDirectory(_folder.File("tls"));
        hints.Follow([_folder.File("tls/tls.crt")]);

        _folder.Write("tls/tls.crt", "first");

        await WaitForAsync("first");
    }

    public void Dispose() => _folder.Dispose();

    private FolderHints Follow(string path)
    {
        var hints = new FolderHints(() =>
        {
            try
            {
                _seen.Writer.TryWrite(File.ReadAllText(path));
            }
            catch (IOException)
            {
                // Between two links; what comes after is an event, too.
            }
        });
        hints.Follow([path]);
        return hints;
    }

    private async Task WaitForAsync(string content)
    {
        using var late = new CancellationTokenSource(Patience);
        while (await _seen.Reader.ReadAsync(late.Token) != content)
        {
            // An event of the way there.
        }
    }
}
