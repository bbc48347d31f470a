using System.Text.Json.Nodes;
using LocalControlPlane.Workloads.Pods;
using LocalControlPlane.Workloads.Processes;

namespace LocalControlPlane.Workloads.Probes;

/// <summary>Asks the probes of running containers when they are due, and keeps what the answers amount to.</summary>
internal sealed class ProbeRounds(Prober prober, TimeProvider clock)
{
    private readonly Dictionary<ContainerKey, ContainerHealth> _health = [];
    private readonly Dictionary<(ContainerKey Key, ProbeKind Kind), Task<bool>> _questions = [];

    /// <summary>There are answers to be taken.</summary>
    public event Action? Answered;

    public IReadOnlyDictionary<ContainerKey, HealthVerdict> Verdicts =>
        _health.ToDictionary(health => health.Key, health => health.Value.Verdict);

    /// <summary>Ends with the questions that are open.</summary>
    public Task Open => Task.WhenAll(_questions.Values);

    public bool Knows(ContainerKey key) => _health.ContainsKey(key);

    public void Begin(ContainerKey key, ContainerHealth health) => _health[key] = health;

    public void Forget(ContainerKey key) => _health.Remove(key);

    /// <summary>When the next question is due.</summary>
    public DateTimeOffset? NextDue(Func<ContainerKey, bool> isRunning) =>
        _health.Where(health => isRunning(health.Key)).Select(health => health.Value.NextDue).Min();

    /// <summary>The containers whose health has had an answer since.</summary>
    public IEnumerable<(ContainerKey Key, ContainerHealth Health)> TakeAnswers()
    {
        foreach (var (question, task) in _questions.Where(question => question.Value.IsCompleted).ToList())
        {
            _questions.Remove(question);
            if (!_health.TryGetValue(question.Key, out var health) || !task.IsCompletedSuccessfully) continue;
            yield return (question.Key, _health[question.Key] = health.Answered(question.Kind, task.Result, clock.GetUtcNow()));
        }
    }

    /// <param name="find">The container, or null for one that is not to be asked now.</param>
    public void Ask(IEnumerable<JsonObject> pods, Func<ContainerKey, PreparedContainer?> find, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        foreach (var pod in pods)
        {
            foreach (var container in pod.ObjectsAt("spec", "containers"))
            {
                var key = new ContainerKey(pod.Uid(), container.TextAt("name") ?? "");
                if (!_health.TryGetValue(key, out var health) || find(key) is not { } prepared) continue;
                foreach (var kind in health.Due(now).Where(kind => !_questions.ContainsKey((key, kind))))
                {
                    var probe = container[ContainerHealth.Field(kind)]!;
                    _questions[(key, kind)] = AnswerAsync(
                        prober.AskAsync(probe, container, prepared, ProbeSettings.Read(probe).Timeout, stopping));
                }
            }
        }
    }

    private async Task<bool> AnswerAsync(Task<bool> question)
    {
        try
        {
            return await question.ConfigureAwait(false);
        }
        finally
        {
            Answered?.Invoke();
        }
    }
}
