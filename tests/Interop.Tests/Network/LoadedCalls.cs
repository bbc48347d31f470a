using System.Globalization;
using System.Text.Json;
using Interop.Tests.Gateway;
using TestSupport.Files;
using TestSupport.Namespaces;
using TestSupport.Processes;

namespace Interop.Tests.Network;

/// <summary>Many calls of <c>sstp-client load</c>, with packets in flight all the time.</summary>
public sealed class LoadedCalls : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private LoadedCalls(ChildProcess process) => _process = process;

    /// <summary>Dials from the gateway's own host, and waits until all calls are up.</summary>
    public static async Task<LoadedCalls> DialAsync(Laboratory laboratory, string user, int calls)
    {
        var @namespace = laboratory.GatewayNamespace;
        await NameGatewayAsync(@namespace);
        var password = Path.Combine(laboratory.Folder, "load.password");
        var authority = Path.Combine(laboratory.Folder, "authority.pem");
        await File.WriteAllTextAsync(password, GatewayFiles.Password + "\n");
        await File.WriteAllTextAsync(authority, laboratory.Authority.CertificatePem);
        var loaded = new LoadedCalls(@namespace.Start(
            Path.Combine(laboratory.Folder, "load.log"),
            "dotnet", Repository.Program("SstpClient", "sstp-client"), "load", $"https://{Laboratory.GatewayName}",
            "--user", user, "--password-file", password, "--ca", authority,
            "--calls", calls.ToString(CultureInfo.InvariantCulture), "--hold", "3600s", "--echoes", "4", "--json"));
        try
        {
            await loaded._process.WaitForOutputAsync("\"failures\":[]", TimeSpan.FromMinutes(3));
            return loaded;
        }
        catch
        {
            await loaded.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hangs up, and tells how it went.</summary>
    public async Task<(int Lost, long Echoes, double Seconds, double MegabitsPerSecond)> FinishAsync()
    {
        _process.Signal(Signal.Terminate);
        await _process.WaitForExitAsync(TimeSpan.FromMinutes(2));
        using var report = JsonDocument.Parse(_process.Output.Split('\n').Last(line => line.StartsWith('{')));
        var root = report.RootElement;
        return (
            root.GetProperty("lost").GetInt32(), root.GetProperty("echoes").GetInt64(), root.GetProperty("seconds").GetDouble(),
            root.GetProperty("megabitsPerSecond").GetDouble());
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary><c>ip netns exec</c> shows this file in place of the host's.</summary>
    private static async Task NameGatewayAsync(NetworkNamespace @namespace)
    {
        if (Environment.GetEnvironmentVariable("SSTP_TEST_LEDGER") is { Length: > 0 } ledger)
            await File.AppendAllTextAsync(ledger, $"etc {@namespace.Name}\n");
        var etc = Directory.CreateDirectory($"/etc/netns/{@namespace.Name}").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(etc, "hosts"), $"127.0.0.1 localhost\n{Laboratory.Outside} {Laboratory.GatewayName}\n");
    }
}
