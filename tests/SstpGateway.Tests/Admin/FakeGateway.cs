using GatewayConfig.Channel;
using SstpGateway.Admin;

namespace SstpGateway.Tests.Admin;

/// <summary>The parts of a gateway that administration talks to, as a test wants them.</summary>
internal sealed class FakeGateway : ISessionDirectory, IReadiness, IDrain
{
    public List<SessionReport> Sessions { get; } = [];

    public List<long> Disconnected { get; } = [];

    public List<string> Reasons { get; } = [];

    public bool IsDraining { get; private set; }

    public void Begin() => IsDraining = true;

    public IReadOnlyList<string> Obstacles() => Reasons;

    public IReadOnlyList<SessionReport> List() => Sessions;

    public bool TryDisconnect(long id)
    {
        if (Sessions.All(session => session.Id != id)) return false;
        Disconnected.Add(id);
        return true;
    }
}
