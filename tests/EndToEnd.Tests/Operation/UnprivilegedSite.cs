using EndToEnd.Tests.Programs;
using TestSupport.Files;
using TestSupport.Processes;

namespace EndToEnd.Tests.Operation;

/// <summary>A site whose gateway runs without root, from files that "nobody" can
/// reach wherever checkout and TMPDIR are.</summary>
internal sealed class UnprivilegedSite : Site, IDisposable
{
    private const string Capabilities = "+net_admin,+net_bind_service";

    private readonly TemporaryFolder _folder = new("nobody", "/var/tmp");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Dispose();
    }

    public void Dispose() => _folder.Dispose();

    protected override async Task<GatewayProcess> StartGatewayAsync()
    {
        var files = NewFiles(_folder.Path);
        var program = Path.GetDirectoryName(GatewayProcess.Program)!;
        await Command.RunAsync("cp", "--recursive", program, _folder.File("program"));
        await Command.RunAsync("chown", "--recursive", "65534:65534", _folder.Path);
        return await GatewayProcess.StartAsync(
            Laboratory.GatewayNamespace,
            files,
            [
                "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs",
                $"--inh-caps=-all,{Capabilities}", $"--ambient-caps=-all,{Capabilities}", $"--bounding-set=-all,{Capabilities}",
                "dotnet", _folder.File("program/sstp-gateway.dll"),
            ]);
    }
}
