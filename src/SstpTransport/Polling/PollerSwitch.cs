using System.Runtime.CompilerServices;

namespace SstpTransport.Polling;

/// <summary>Awaited, moves an async method to a poller's thread.</summary>
public readonly struct PollerSwitch(Poller poller) : INotifyCompletion
{
    public bool IsCompleted => poller.IsCurrent;

    public PollerSwitch GetAwaiter() => this;

    public void OnCompleted(Action continuation) => poller.Post(continuation);

    /// <summary>There is no result; the await pattern asks for the method.</summary>
    public void GetResult()
    {
    }
}
