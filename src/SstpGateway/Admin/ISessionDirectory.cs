using GatewayConfig.Channel;

namespace SstpGateway.Admin;

/// <summary>The calls that are up. Called from any thread.</summary>
public interface ISessionDirectory
{
    /// <summary>A copy; calls may have ended by the time it is read.</summary>
    IReadOnlyList<SessionReport> List();

    /// <summary>Begins to end one call in an orderly way (LCP Terminate, Call Disconnect) and does not wait for it.</summary>
    /// <returns>False when there is no such call (any more).</returns>
    bool TryDisconnect(long id);
}
