using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using SstpGateway.Listening;

namespace SstpGateway.Tests.Listening;

public sealed class ListenerTests
{
    [Fact]
    public async Task Hands_each_connection_to_the_handler_and_waits_for_all_of_them_at_the_end()
    {
        var finish = new TaskCompletionSource();
        using var entered = new SemaphoreSlim(0);
        var handled = 0;
        var listener = Listener.Start(
            ["127.0.0.1:0"],
            async socket =>
            {
                using var _ = socket;
                entered.Release();
                await finish.Task;
                Interlocked.Increment(ref handled);
            },
            NullLogger.Instance);
        using var first = await ConnectAsync(listener);
        using var second = await ConnectAsync(listener);
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(30)));

        await listener.StopAcceptingAsync();
        var closing = listener.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        finish.SetResult();
        await closing;

        Assert.Equal(2, handled);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_its_own_connection_only()
    {
        var served = new TaskCompletionSource();
        var count = 0;
        await using var listener = Listener.Start(
            ["127.0.0.1:0"],
            socket =>
            {
                using var _ = socket;
                if (Interlocked.Increment(ref count) == 1) throw new InvalidOperationException("a mistake");
                served.SetResult();
                return Task.CompletedTask;
            },
            NullLogger.Instance);
        using var first = await ConnectAsync(listener);
        Assert.Equal(0, await first.ReceiveAsync(new byte[1]));
        using var second = await ConnectAsync(listener);

        await served.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_handler_that_is_still_to_fail_does_not_make_the_end_fail()
    {
        using var entered = new SemaphoreSlim(0);
        var fail = new TaskCompletionSource();
        var listener = Listener.Start(
            ["127.0.0.1:0"],
            async socket =>
            {
                using var _ = socket;
                entered.Release();
                await fail.Task;
                throw new InvalidOperationException("a mistake");
            },
            NullLogger.Instance);
        using var client = await ConnectAsync(listener);
        await entered.WaitAsync();

        var end = listener.DisposeAsync();
        fail.SetResult();

        await end;
    }

    [Fact]
    public async Task Takes_no_more_connections_at_a_time_than_it_has_room_for_and_loses_none()
    {
        using var entered = new SemaphoreSlim(0);
        using var leave = new SemaphoreSlim(0);
        int inside = 0, most = 0, served = 0;
        await using var listener = Listener.Start(
            ["127.0.0.1:0"],
            async socket =>
            {
                using var _ = socket;
                InterlockedMax(ref most, Interlocked.Increment(ref inside));
                entered.Release();
                await leave.WaitAsync();
                Interlocked.Decrement(ref inside);
                Interlocked.Increment(ref served);
            },
            NullLogger.Instance,
            most: 2);
        var visitors = new List<Socket>();
        for (var i = 0; i < 6; i++) visitors.Add(await ConnectAsync(listener));

        for (var i = 0; i < 6; i++)
        {
            Assert.True(await entered.WaitAsync(TimeSpan.FromSeconds(30)));
            leave.Release();
        }

        // A connection that is closed by the other end has been served.
        foreach (var visitor in visitors)
        {
            Assert.Equal(0, await visitor.ReceiveAsync(new byte[1]));
            visitor.Dispose();
        }
        Assert.InRange(most, 1, 2);
        Assert.Equal(6, served);
    }

    [Fact]
    public void An_address_in_use_is_named_with_what_to_do()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();

        var refusal = Assert.Throws<ListenException>(() =>
            Listener.Start([taken.LocalEndPoint!.ToString()!], _ => Task.CompletedTask, NullLogger.Instance));

        Assert.Contains(taken.LocalEndPoint!.ToString()!, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ss -ltnp", refusal.Message, StringComparison.Ordinal);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var before = Volatile.Read(ref most); value > before; before = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, before);
    }

    private static async Task<Socket> ConnectAsync(Listener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoints[0]);
        return socket;
    }
}
