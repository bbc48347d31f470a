using System.Globalization;
using System.Text.RegularExpressions;
using TestSupport.Namespaces;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>What tcpdump sees of one device in one direction.</summary>
public sealed partial class PacketCapture : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>The end of the file in which a packet is looked for that came when all was quiet.</summary>
    private const int Tail = 1024 * 1024;

    private readonly ChildProcess _process;
    private readonly string _file;

    private PacketCapture(ChildProcess process, string file) => (_process, _file) = (process, file);

    /// <param name="direction">"in" is what came out of the tunnel, "out" what goes into it.</param>
    /// <param name="bufferMiB">Room in the kernel: where all that is to come fits,
    /// tcpdump misses nothing however late it is.</param>
    /// <param name="filter">Of pcap-filter(7); all packets when empty.</param>
    public static async Task<PacketCapture> StartAsync(
        NetworkNamespace @namespace, string device, string direction, string file, int bufferMiB, params string[] filter)
    {
        var process = @namespace.Start(
            file + ".log",
            [
                "tcpdump", "-i", device, "-Q", direction, "-n", "-s", "0", "-U", "-Z", "root",
                "-B", (bufferMiB * 1024).ToString(CultureInfo.InvariantCulture), "-w", file, .. filter,
            ]);
        await process.WaitForOutputAsync("listening on", Soon);
        return new PacketCapture(process, file);
    }

    /// <summary>Waits until a packet that holds these bytes is in the file, and with it all that came before.</summary>
    public Task WaitForAsync(byte[] content) => Eventually.TrueAsync($"the last packet in {_file}", Soon, () =>
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(Tail, file.Length), SeekOrigin.End);
        var tail = new byte[Tail];
        var read = file.ReadAtLeast(tail, Tail, throwOnEndOfStream: false);
        return Task.FromResult(tail.AsSpan(0, read).IndexOf(content) >= 0);
    });

    /// <summary>Ends it and reads what it wrote, which is deleted.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> FinishAsync()
    {
        _process.Signal(Signal.Interrupt);
        await _process.WaitForExitAsync(Soon);
        var dropped = Dropped().Match(_process.Output);
        Assert.True(dropped.Success, $"tcpdump did not say what it missed:\n{_process.Output}");
        Assert.Equal("0", dropped.Groups[1].Value);
        var packets = PcapFile.Read(await File.ReadAllBytesAsync(_file));
        File.Delete(_file);
        return packets;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"^(\d+) packets? dropped by kernel", RegexOptions.Multiline)]
    private static partial Regex Dropped();
}
