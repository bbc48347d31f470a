using EndToEnd.Tests.Network;

namespace EndToEnd.Tests.Programs;

/// <summary>A laboratory with a gateway at work in it. As a class fixture, one for all tests of the class.</summary>
public class Site : IAsyncLifetime
{
    private Laboratory? _laboratory;
    private GatewayProcess? _gateway;

    public Laboratory Laboratory => _laboratory ?? throw new InvalidOperationException("no laboratory yet");

    public GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("no gateway yet");

    /// <summary>What the gateway starts with.</summary>
    public virtual GatewayOptions Options { get; init; } = new();

    /// <summary>What SSTP_TUN_OFFLOADS says to the gateway and its clients; null leaves them the tests' own.</summary>
    public string? TunOffloads { get; init; }

    public virtual async Task InitializeAsync()
    {
        // Where the facts are skipped for want of root or programs, their fixture is made all the same.
        if (!Environment.IsPrivilegedProcess) return;

        _laboratory = await Laboratory.BuildAsync();
        _laboratory.TunOffloads = TunOffloads;
        _gateway = await StartGatewayAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        if (_laboratory is not null) await _laboratory.DisposeAsync();
    }

    protected virtual Task<GatewayProcess> StartGatewayAsync() =>
        GatewayProcess.StartAsync(
            Laboratory.GatewayNamespace, NewFiles(Laboratory.Folder.Path),
            [.. Laboratory.Environment, "dotnet", GatewayProcess.Program]);

    protected GatewayFiles NewFiles(string folder)
    {
        var files = new GatewayFiles(folder);
        files.Write(Options);
        files.ReplaceCertificate(Laboratory.Authority.Issue(Laboratory.GatewayName));
        return files;
    }
}
