using System.Net;
using System.Net.Sockets;
using System.Text;
using SstpClient.Probe;
using SstpClient.Probe.Reports;
using SstpClient.Tests.Probe.Support;
using TestSupport.Certificates;
using TestSupport.Time;

namespace SstpClient.Tests.Probe;

public sealed class ProberTests : IDisposable
{
    private readonly ServerCertificates _certificates = new();

    [Fact]
    public async Task A_server_that_takes_a_call_is_fine()
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);

        var report = await ProbeAsync(Target(server));
        await server.Over;

        Assert.True(report.Ok);
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(
            [ProbeStep.Dns, ProbeStep.Tcp, ProbeStep.Tls, ProbeStep.Http, ProbeStep.Sstp],
            report.Steps.Select(step => step.Step));
        Assert.Equal("127.0.0.1", report.Address);
        Assert.Equal((200, "ack"), (report.HttpStatus, report.Sstp!.Answer));
        Assert.Equal(["sha256", "sha1"], report.Sstp.Hashes);
        Assert.Equal(
            ("CN=vpn.example", "CN=Probe test authority", 60), (report.Tls!.Subject, report.Tls.Issuer, report.Tls.DaysLeft));
        Assert.Equal(["vpn.example", "192.0.2.1"], report.Tls.Names);
        Assert.Equal("TLS 1.3", report.Tls.Protocol);
    }

    [Fact]
    public async Task The_bytes_sent_are_those_of_the_specification()
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);

        await ProbeAsync(Target(server));
        await server.Over;

        Assert.StartsWith("SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n", server.Request);
        Assert.Contains($"\r\nHost: vpn.example:{server.Port}\r\n", server.Request);
        Assert.Equal([0x10, 1, 0, 14, 0, 1, 0, 1, 0, 1, 0, 6, 0, 1], server.CallRequest);
        Assert.Equal([0x10, 1, 0, 20, 0, 6], server.Farewell[..6]);    // CALL_DISCONNECT
    }

    [Fact]
    public async Task An_answer_to_the_call_may_come_with_the_http_answer()
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), [.. FakeSstpServer.Ok, .. FakeSstpServer.Ack], null);

        Assert.True((await ProbeAsync(Target(server))).Ok);
    }

    [Fact]
    public async Task A_name_that_cannot_be_looked_up_is_a_matter_of_dns()
    {
        // 64 letters: the C library refuses such a label by itself, without asking anybody.
        var report = await ProbeAsync(new ProbeTarget { Host = new string('a', 64) + ".example" });

        Assert.Equal((ProbeStep.Dns, 2), (report.FailedStep, report.ExitCode));
    }

    [Fact]
    public async Task A_port_without_listener_is_a_matter_of_tcp()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));    // bound and not listening: connections are refused

        var report = await ProbeAsync(new ProbeTarget { Host = "127.0.0.1", Port = ((IPEndPoint)bound.LocalEndPoint!).Port });

        Assert.Equal((ProbeStep.Tcp, 3), (report.FailedStep, report.ExitCode));
        Assert.Contains("127.0.0.1", report.Steps[^1].Detail);
        Assert.Null(report.Address);
    }

    [Fact]
    public async Task A_port_that_speaks_no_tls_is_a_matter_of_tls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(new byte[4096]) > 0)
            {
            }
        });

        var report = await ProbeAsync(new ProbeTarget { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port });
        await answering;

        Assert.Equal((ProbeStep.Tls, 4), (report.FailedStep, report.ExitCode));
        Assert.Null(report.Tls);
    }

    [Theory]
    [InlineData("other.example", -10, 60, ServerCertificates.ServerAuthentication,
        "it is for other.example, 192.0.2.1, not for vpn.example")]
    [InlineData("vpn.example", -10, -1, ServerCertificates.ServerAuthentication, "not valid now")]
    [InlineData("vpn.example", 1, 60, ServerCertificates.ServerAuthentication, "not valid now")]
    [InlineData("vpn.example", -10, 60, ServerCertificates.ClientAuthentication, "not meant for servers")]
    public async Task A_bad_certificate_is_described_and_ends_the_probe(
        string name, int from, int to, string usage, string problem)
    {
        await using var server = new FakeSstpServer(
            _certificates.Issue(name, from, to, usage), FakeSstpServer.Ok, FakeSstpServer.Ack);

        var report = await ProbeAsync(Target(server));
        await server.Over;

        Assert.Equal(4, report.ExitCode);
        Assert.Contains(problem, Assert.Single(report.Tls!.Problems));
        Assert.Contains(problem, report.Steps[^1].Detail);
        Assert.Equal("", server.Request);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_certificate_is_said_at_once()
    {
        using var elsewhere = new ServerCertificates("Another authority");
        await using var server = new FakeSstpServer(
            elsewhere.Issue("other.example", toDay: -1), FakeSstpServer.Ok, FakeSstpServer.Ack);

        var report = await ProbeAsync(Target(server));

        Assert.Equal(3, report.Tls!.Problems.Count);
        Assert.Contains(report.Tls.Problems, problem => problem.Contains("is unknown"));
        Assert.Equal(-1, report.Tls.DaysLeft);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 4)]
    public async Task A_certificate_with_too_few_days_left_can_count_as_a_failure(int wanted, int exitCode)
    {
        await using var server = new FakeSstpServer(_certificates.Issue(toDay: 60), FakeSstpServer.Ok, FakeSstpServer.Ack);

        Assert.Equal(exitCode, (await ProbeAsync(Target(server) with { MinDaysLeft = wanted })).ExitCode);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "no HTTP")]
    [InlineData("", "closed the connection")]
    public async Task Anything_but_200_is_a_matter_of_http(string answer, string words)
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), Encoding.ASCII.GetBytes(answer), null);

        var report = await ProbeAsync(Target(server));

        Assert.Equal((ProbeStep.Http, 5), (report.FailedStep, report.ExitCode));
        Assert.Contains(words, report.Steps[^1].Detail);
    }

    public static TheoryData<byte[], string> Refusals => new()
    {
        { FakeSstpServer.Nak, "nak, ValueNotSupported" },
        { FakeSstpServer.Abort, "abort, NegotiationTimeout" },
        { [0x10, 1, 0, 8, 0, 8, 0, 0], "other, EchoRequest" },
        { [], "closed the connection" },
        { [0x10, 0, 0, 8, 1, 2, 3, 4], "not SSTP's answer" },               // a data packet
        { [0x20, 1, 0, 8, 0, 2, 0, 0], "not SSTP's answer" },               // another version
        { [0x10, 1, 0, 8, 0, 2, 0, 1], "malformed" },                       // an attribute announced, none there
        { [0x10, 1, 0, 8, 0, 2, 0, 0], "no Crypto Binding Request" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Anything_but_an_acknowledgement_is_a_matter_of_sstp(byte[] answer, string words)
    {
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, answer);

        var report = await ProbeAsync(Target(server));

        Assert.Equal((ProbeStep.Sstp, 6), (report.FailedStep, report.ExitCode));
        Assert.Contains(words, report.Steps[^1].Detail);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_after_the_time_for_a_step()
    {
        var clock = new ManualTime();
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, sstp: null);

        var probing = new Prober(null, clock).RunAsync(
            Target(server) with { StepTimeout = TimeSpan.FromSeconds(10) }, CancellationToken.None);
        await server.CalledFor;
        clock.Advance(TimeSpan.FromSeconds(10));
        var report = await probing;

        Assert.Equal(6, report.ExitCode);
        Assert.Equal("nothing came within 10 s", report.Steps[^1].Detail);
        Assert.Equal(10_000, report.Steps[^1].Milliseconds);
    }

    [Fact]
    public async Task Who_stops_a_probe_gets_no_report()
    {
        using var stopping = new CancellationTokenSource();
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, sstp: null);

        var probing = new Prober(null, TimeProvider.System).RunAsync(Target(server), stopping.Token);
        await server.CalledFor;
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("wrong user name or password", 7)]
    public async Task A_log_in_is_the_last_step_when_asked_for(string? failure, int exitCode)
    {
        var login = new ScriptedLogin(failure);
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);
        var target = Target(server) with { Credentials = new ProbeCredentials("anna", "secret") };

        var report = await new Prober(login, TimeProvider.System).RunAsync(target, CancellationToken.None);

        Assert.Equal(exitCode, report.ExitCode);
        Assert.Equal((new IPEndPoint(IPAddress.Loopback, server.Port), "anna", "secret"), login.Asked);
        Assert.Contains(failure ?? "10.254.0.2", report.Steps[^1].Detail);
        Assert.Equal(failure is null, report.Login is not null);
    }

    [Fact]
    public async Task Nobody_logs_in_unasked()
    {
        var login = new ScriptedLogin();
        await using var server = new FakeSstpServer(_certificates.Issue(), FakeSstpServer.Ok, FakeSstpServer.Ack);

        Assert.Equal(0, (await new Prober(login, TimeProvider.System).RunAsync(Target(server), CancellationToken.None)).ExitCode);
        Assert.Null(login.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_fetched_from_where_the_certificate_says_that_its_issuer_is(bool trustsOwnAuthoritiesOnly)
    {
        using var trap = new IssuerTrap();
        await using var server = new FakeSstpServer(trap.Issue("vpn.example"), FakeSstpServer.Ok, FakeSstpServer.Ack);
        var target = Target(server);

        var report = await ProbeAsync(trustsOwnAuthoritiesOnly ? target : target with { Authorities = [] });

        Assert.Equal(ProbeStep.Tls, report.FailedStep);
        Assert.Equal("CN=Nobody", report.Tls!.Issuer);
        Assert.False(trap.WasAsked);
    }

    public void Dispose() => _certificates.Dispose();

    private static Task<ProbeReport> ProbeAsync(ProbeTarget target) =>
        new Prober(null, TimeProvider.System).RunAsync(target, CancellationToken.None);

    private ProbeTarget Target(FakeSstpServer server) => new()
    {
        Host = "vpn.example",
        Port = server.Port,
        Address = IPAddress.Loopback,
        Authorities = [_certificates.Authority],
        StepTimeout = TimeSpan.FromMinutes(1),
    };
}
