using EndToEnd.Tests.Programs;

namespace EndToEnd.Tests.BadInput;

/// <summary>One gateway for all tests of bad input, with a healthy call that none of them may touch.</summary>
public sealed class BadInputSite : Site
{
    /// <summary>Short enough to wait for.</summary>
    public static readonly TimeSpan PreambleTimeout = TimeSpan.FromSeconds(3);

    private ClientProcess? _healthy;

    public override GatewayOptions Options { get; init; } = new() { Limits = "{preambleTimeout: 3s}" };

    public ClientProcess Healthy => _healthy ?? throw new InvalidOperationException("no call yet");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        if (!Environment.IsPrivilegedProcess) return;

        _healthy = ClientProcess.Dial(Laboratory, Laboratory.Other, "bob", GatewayOptions.Password, "--no-dns");
        await _healthy.WaitForAddressAsync();
        await _healthy.WaitForOutputAsync("route 198.51.100.0/24");
    }

    public override async Task DisposeAsync()
    {
        if (_healthy is not null) await _healthy.DisposeAsync();
        await base.DisposeAsync();
    }
}
