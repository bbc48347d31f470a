using GatewayConfig.Decoy;

namespace SstpGateway.Decoy;

/// <summary>The decoy of the configuration in force. A conversation goes on with the decoy it began with.</summary>
public sealed class ReloadableDecoy(DecoyFactory factory, DecoyConfig config) : IDecoy
{
    private volatile Pair _current = new(config, factory.Create(config));

    /// <summary>Follows a new configuration.</summary>
    public void Apply(DecoyConfig config)
    {
        if (config != _current.Config) _current = new Pair(config, factory.Create(config));
    }

    public Task ServeAsync(Stream stream, ReadOnlyMemory<byte> received, CancellationToken stopping) =>
        _current.Decoy.ServeAsync(stream, received, stopping);

    /// <summary>Answers a connection that does not begin with TLS, on its own stream.</summary>
    public Task ServePlainTextAsync(Stream stream, ReadOnlyMemory<byte> received, CancellationToken stopping) =>
        factory.CreateForPlainText(_current.Config).ServeAsync(stream, received, stopping);

    private sealed record Pair(DecoyConfig Config, IDecoy Decoy);
}
