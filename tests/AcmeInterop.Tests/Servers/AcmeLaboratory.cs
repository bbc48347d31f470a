namespace AcmeInterop.Tests.Servers;

/// <summary>BIND and Pebble, shared by the tests: starting them costs more than most tests.</summary>
public sealed class AcmeLaboratory : IAsyncLifetime
{
    internal Bind Bind { get; private set; } = null!;

    /// <summary>Refuses half of all good nonces, and never takes an old authorization for a new one.</summary>
    internal Pebble Pebble { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!IsInstalled("named") || !IsInstalled("pebble")) return;    // the tests say so themselves

        Bind = await Bind.StartAsync();
        Pebble = await Pebble.StartAsync(Bind.EndPoint);
    }

    public async Task DisposeAsync()
    {
        if (Pebble is not null) await Pebble.DisposeAsync();
        if (Bind is not null) await Bind.DisposeAsync();
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin")
            .Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
