namespace KubeApi.Tests.Server;

/// <summary>A server of widgets whose lists and watches are answered one after the other, each as the test says.</summary>
/// <remarks>When the script is at its end, lists are answered as the last one was and watches stay open and silent.</remarks>
public sealed class ScriptedWidgets : IAsyncDisposable
{
    private readonly Queue<Func<ReceivedRequest, Answer, Task>> _lists = new();
    private readonly Queue<Func<ReceivedRequest, Answer, Task>> _watches = new();
    private readonly Lock _gate = new();
    private Func<ReceivedRequest, Answer, Task> _lastList = (_, answer) => answer.JsonAsync(Widget.List("1"));

    public ScriptedWidgets() => Server = new ScriptedServer(AnswerAsync);

    public ScriptedServer Server { get; }

    public IReadOnlyList<ReceivedRequest> Lists => [.. Server.Requests.Where(request => !request.IsWatch)];

    public IReadOnlyList<ReceivedRequest> Watches => [.. Server.Requests.Where(request => request.IsWatch)];

    public ScriptedWidgets List(string version, params string[] items) =>
        List((_, answer) => answer.JsonAsync(Widget.List(version, items)));

    public ScriptedWidgets List(Func<ReceivedRequest, Answer, Task> answer)
    {
        lock (_gate) _lists.Enqueue(answer);
        return this;
    }

    /// <summary>A watch that tells its events and ends well, unless <paramref name="tell"/> does something worse.</summary>
    public ScriptedWidgets Watch(Func<Answer, Task> tell) => WatchRaw(async (_, answer) =>
    {
        await answer.BeginStreamAsync();
        await tell(answer);
        if (!answer.IsCut) await answer.EndStreamAsync();
    });

    public ScriptedWidgets WatchRaw(Func<ReceivedRequest, Answer, Task> answer)
    {
        lock (_gate) _watches.Enqueue(answer);
        return this;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Task AnswerAsync(ReceivedRequest request, Answer answer) => Next(request)(request, answer);

    private Func<ReceivedRequest, Answer, Task> Next(ReceivedRequest request)
    {
        lock (_gate)
        {
            if (request.IsWatch) return _watches.TryDequeue(out var watch) ? watch : StayOpenAsync;
            if (_lists.TryDequeue(out var list)) _lastList = list;
            return _lastList;
        }
    }

    private static async Task StayOpenAsync(ReceivedRequest request, Answer answer)
    {
        await answer.BeginStreamAsync();
        await answer.SilenceAsync();
    }
}
