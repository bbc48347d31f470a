using System.CommandLine;
using System.Text.Json;
using SstpClient.Probe;
using SstpClient.Tests.Probe.Support;

namespace SstpClient.Tests.Probe;

public sealed class ProbeCommandTests : IDisposable
{
    private readonly ServerCertificates _certificates = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("probe").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    [Fact]
    public async Task Writes_json_for_programs()
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Nak);

        Assert.Equal(6, await RunAsync([.. Arguments(server), "--json"]));

        var report = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal("vpn.example", report.GetProperty("host").GetString());
        Assert.Equal((false, 6, "sstp"), (
            report.GetProperty("ok").GetBoolean(), report.GetProperty("exitCode").GetInt32(),
            report.GetProperty("failedStep").GetString()));
        Assert.Equal(60, report.GetProperty("tls").GetProperty("daysLeft").GetInt32());
        Assert.Equal("CN=Probe test authority", report.GetProperty("tls").GetProperty("issuer").GetString());
        Assert.Equal("nak", report.GetProperty("sstp").GetProperty("answer").GetString());
        Assert.Equal(
            ["dns", "tcp", "tls", "http", "sstp"],
            report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("login").ValueKind);
    }

    [Fact]
    public async Task Writes_a_line_a_step_for_people()
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);

        Assert.Equal(0, await RunAsync(Arguments(server)));

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"vpn.example port {server.Port}", lines[0]);
        Assert.StartsWith("  dns    ok  ", lines[1]);
        Assert.Contains("60 days left", lines[3]);
        Assert.Equal("All is well.", lines[^1]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public async Task Logs_in_with_the_password_in_the_files_first_line()
    {
        var login = new ScriptedLogin();
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, "secret\n");
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);

        Assert.Equal(0, await RunAsync([.. Arguments(server), "--user", "anna", "--password-file", passwordFile], login));

        Assert.Equal(("anna", "secret"), (login.Asked!.Value.User, login.Asked.Value.Password));
        Assert.DoesNotContain("secret", _output.ToString());
    }

    [Theory]
    [InlineData("no host", "no host", "vpn example")]
    [InlineData("no address", "--address", "vpn.example", "--address", "nowhere")]
    [InlineData("no time", "--timeout", "vpn.example", "--timeout", "0")]
    [InlineData("half a log-in", "go together", "vpn.example", "--user", "anna")]
    [InlineData("no such file", "nowhere.pem", "vpn.example", "--ca", "nowhere.pem")]
    public async Task A_wrong_command_line_is_exit_code_1_and_says_what_is_wrong(
        string what, string words, params string[] arguments)
    {
        Assert.True(await RunAsync(arguments, new ScriptedLogin()) == 1, what);
        Assert.Contains(words, _errors.ToString());
    }

    [Fact]
    public async Task A_file_without_authorities_does_not_mean_to_trust_all_of_the_systems()
    {
        var empty = Path.Combine(_folder, "empty.pem");
        await File.WriteAllTextAsync(empty, "nothing\n");

        Assert.Equal(1, await RunAsync(["vpn.example", "--ca", empty]));
        Assert.Contains("no certificate", _errors.ToString());
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] Arguments(FakeSstpServer server)
    {
        var authorities = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(authorities, _certificates.Authority.ExportCertificatePem());
        return [$"vpn.example:{server.Port}", "--address", "127.0.0.1", "--ca", authorities];
    }

    private Task<int> RunAsync(string[] arguments, IProbeLogin? login = null)
    {
        var root = new RootCommand { ProbeCommand.Create(login, TimeProvider.System) };
        return root.Parse(["probe", .. arguments]).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors });
    }
}
