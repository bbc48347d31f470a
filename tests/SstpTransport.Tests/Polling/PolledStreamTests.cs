using System.Net;
using System.Net.Sockets;
using SstpTransport.Polling;
using TestSupport.Waiting;

namespace SstpTransport.Tests.Polling;

public sealed class PolledStreamTests : IDisposable
{
    /// <summary>Bounds a failure; a success takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Poller _poller = new(0);
    private readonly Socket _far;
    private readonly PolledStream _stream;

    public PolledStreamTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _far.Connect(listener.LocalEndPoint!);
        _stream = new PolledStream(listener.Accept(), _poller);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _far.Dispose();
        _poller.Dispose();
    }

    [Fact]
    public async Task Reads_what_is_there_and_waits_for_what_is_not()
    {
        _far.Send("one"u8);
        var buffer = new byte[10];
        Assert.Equal(3, await _stream.ReadAsync(buffer).AsTask().WaitAsync(Patience));

        var waiting = _stream.ReadAsync(buffer).AsTask();
        Assert.False(waiting.IsCompleted);
        _far.Send("four"u8);

        Assert.Equal(4, await waiting.WaitAsync(Patience));
        Assert.Equal("four"u8, buffer.AsSpan(0, 4));
    }

    [Fact]
    public async Task A_read_of_nothing_waits_until_there_is_something_and_leaves_it()
    {
        var waiting = _stream.ReadAsync(Memory<byte>.Empty).AsTask();
        Assert.False(waiting.IsCompleted);
        _far.Send("word"u8);
        Assert.Equal(0, await waiting.WaitAsync(Patience));

        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(Patience));
        Assert.Equal(4, await _stream.ReadAsync(new byte[10]).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task The_peers_end_is_seen_behind_its_last_bytes()
    {
        _far.Send("last"u8);
        _far.Shutdown(SocketShutdown.Send);
        Assert.Equal(4, await _stream.ReadAsync(new byte[10]).AsTask().WaitAsync(Patience));
        Assert.Equal(0, await _stream.ReadAsync(new byte[10]).AsTask().WaitAsync(Patience));
        Assert.Equal(0, await _stream.ReadAsync(Memory<byte>.Empty).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task Bytes_keep_their_order_through_full_buffers_both_ways()
    {
        var sent = new byte[20_000_000];
        new Random(1).NextBytes(sent);
        _stream.RunInline();
        var echo = Task.Run(EchoAsync);
        var sending = Task.Run(() => _far.Send(sent));

        var received = new byte[sent.Length];
        var filled = 0;
        while (filled < received.Length)
            filled += await _far.ReceiveAsync(received.AsMemory(filled), SocketFlags.None).AsTask().WaitAsync(Patience);
        _far.Shutdown(SocketShutdown.Send);
        await Task.WhenAll(echo, sending).WaitAsync(Patience);

        Assert.True(sent.AsSpan().SequenceEqual(received));

        async Task EchoAsync()
        {
            await _poller.SwitchTo();
            var buffer = new byte[16384];
            int count;
            while ((count = await _stream.ReadAsync(buffer)) > 0) await _stream.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    [Fact]
    public async Task Inline_the_waiter_goes_on_on_the_pollers_thread_and_before_that_elsewhere()
    {
        Assert.False(await ReadAndTellAsync(1));
        _stream.RunInline();
        Assert.True(await ReadAndTellAsync(1));

        async Task<bool> ReadAndTellAsync(int bytes)
        {
            var reading = ReadAsync();
            _far.Send(new byte[bytes]);
            return await reading.WaitAsync(Patience);
        }

        async Task<bool> ReadAsync()
        {
            await _stream.ReadAsync(new byte[10]).ConfigureAwait(false);
            return _poller.IsCurrent;
        }
    }

    [Fact]
    public async Task A_busy_connection_lets_others_have_their_turn()
    {
        _stream.RunInline();
        _far.SendBufferSize = 8_000_000;
        var reads = 0;
        var sending = Task.Run(() => _far.Send(new byte[4_000_000]));
        var posted = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(async () =>
        {
            await _poller.SwitchTo();
            var buffer = new byte[1000];
            _poller.Post(() => posted.TrySetResult(reads));
            for (var left = 4_000_000; left > 0; left -= await _stream.ReadAsync(buffer)) reads++;
        });

        await Task.WhenAll(sending, reading).WaitAsync(Patience);
        Assert.InRange(await posted.Task.WaitAsync(Patience), 0, 200);
    }

    [Fact]
    public async Task Whoever_was_put_off_has_no_further_turn_because_more_has_arrived()
    {
        const int Turn = 64 * 1024, Buffer = 1000, Sent = 3 * Turn;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.ReceiveBufferSize = 4 * Sent;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        far.Connect(listener.LocalEndPoint!);
        var near = listener.Accept();
        await using var stream = new PolledStream(near, _poller);
        stream.RunInline();
        var sending = Task.Run(() => far.Send(new byte[Sent]));
        await Eventually.TrueAsync("two turns' worth to wait", Patience, () =>
            Task.FromResult(near.Available > 2 * Turn + Buffer));

        await _poller.SwitchTo();
        var received = 0;
        var reading = ReadAsync();
        var first = received;
        // What the kernel tells while somebody waits for his turn: each time that a segment has come.
        for (var i = 0; i < 10; i++) ((IPolled)stream).OnReady(PollEvents.Readable | PollEvents.Writable);
        var afterEvents = received;
        await Task.Yield();

        await sending.WaitAsync(Patience);
        await reading.WaitAsync(Patience);
        Assert.InRange(first, Turn, Turn + Buffer);
        Assert.Equal(first, afterEvents);

        async Task ReadAsync()
        {
            var buffer = new byte[Buffer];
            while (received < Sent) received += await stream.ReadAsync(buffer).ConfigureAwait(false);
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_read_and_the_next_goes_on()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = _stream.ReadAsync(new byte[10], cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));

        _far.Send("more"u8);
        Assert.Equal(4, await _stream.ReadAsync(new byte[10]).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task Disposal_ends_a_read_and_a_write_that_wait()
    {
        var reading = _stream.ReadAsync(new byte[10]).AsTask();
        var writing = WriteUntilFullAsync();

        await _stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => writing.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _stream.ReadAsync(new byte[10]).AsTask());

        async Task WriteUntilFullAsync()
        {
            var much = new byte[1_000_000];
            while (true) await _stream.WriteAsync(much).ConfigureAwait(false);
        }
    }

    [Fact]
    public async Task A_reset_is_an_io_exception()
    {
        var reading = _stream.ReadAsync(new byte[10]).AsTask();
        _far.LingerState = new LingerOption(true, 0);
        _far.Close();

        var error = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(Patience));
        Assert.IsType<SocketException>(error.InnerException);
    }
}
