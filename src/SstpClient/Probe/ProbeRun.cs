using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SstpClient.Probe.Reports;
using SstpClient.Probe.Steps;

namespace SstpClient.Probe;

/// <summary>One probe: its steps in order, until one fails, and what they found.</summary>
internal sealed class ProbeRun(ProbeTarget target, IProbeLogin? login, TimeProvider clock) : IAsyncDisposable
{
    private readonly List<StepReport> _steps = [];
    private IReadOnlyList<IPAddress> _addresses = [];
    private Socket? _socket;
    private SslStream? _stream;
    private TlsFindings? _tls;
    private HttpPreamble? _http;
    private SstpFindings? _sstp;
    private LoginFindings? _login;

    public async Task<ProbeReport> RunAsync(CancellationToken stopping)
    {
        _ = await TryAsync(ProbeStep.Dns, ResolveAsync, stopping)
            && await TryAsync(ProbeStep.Tcp, ConnectAsync, stopping)
            && await TryAsync(ProbeStep.Tls, ShakeHandsAsync, stopping)
            && await TryAsync(ProbeStep.Http, SendPreambleAsync, stopping)
            && await TryAsync(ProbeStep.Sstp, CallAsync, stopping)
            && (login is null || target.Credentials is null || await TryAsync(ProbeStep.Login, LogInAsync, stopping));

        return new ProbeReport
        {
            Host = target.Host,
            Port = target.Port,
            Addresses = [.. _addresses.Select(address => address.ToString())],
            Address = (_socket?.RemoteEndPoint as IPEndPoint)?.Address.ToString(),
            Tls = _tls,
            HttpStatus = _http?.Status,
            Sstp = _sstp,
            Login = _login,
            Steps = _steps,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null) await _stream.DisposeAsync();
        _socket?.Dispose();
    }

    private async Task<bool> TryAsync(ProbeStep step, Func<CancellationToken, Task<string>> run, CancellationToken stopping)
    {
        var started = clock.GetTimestamp();
        using var elapsed = new CancellationTokenSource(target.StepTimeout, clock);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, stopping);
        var ok = false;
        string detail;
        try
        {
            detail = await run(timeout.Token);
            ok = true;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            detail = $"nothing came within {target.StepTimeout.TotalSeconds:0.#} s";
        }
        catch (Exception e) when (e is ProbeException or SocketException or IOException or AuthenticationException)
        {
            detail = e.GetBaseException().Message;    // TLS wraps what the library below it said
        }

        _steps.Add(new StepReport(step, ok, Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 1), detail));
        return ok;
    }

    private async Task<string> ResolveAsync(CancellationToken timeout)
    {
        _addresses = await NameLookup.RunAsync(target, timeout);
        return string.Join(", ", _addresses);
    }

    private async Task<string> ConnectAsync(CancellationToken timeout)
    {
        _socket = await TcpDial.RunAsync(_addresses, target.Port, target.StepTimeout, clock, timeout);
        return _socket.RemoteEndPoint!.ToString()!;
    }

    private async Task<string> ShakeHandsAsync(CancellationToken timeout)
    {
        _stream = new SslStream(new NetworkStream(_socket!, ownsSocket: false));
        _tls = await TlsHandshake.RunAsync(_stream, target, clock.GetUtcNow(), timeout);
        var certificate = $"certificate {_tls.Subject} by {_tls.Issuer}, {_tls.DaysLeft} days left";
        if (_tls.Problems.Count > 0) throw new ProbeException($"{certificate}: {string.Join("; ", _tls.Problems)}");
        if (_tls.DaysLeft < target.MinDaysLeft)
            throw new ProbeException($"{certificate}, but there should be {target.MinDaysLeft}: renew it");

        return $"{_tls.Protocol}, {_tls.CipherSuite}, {certificate}";
    }

    private async Task<string> SendPreambleAsync(CancellationToken timeout)
    {
        _http = await HttpPreamble.RunAsync(_stream!, target.Authority, timeout);
        return _http.Status == 200
            ? "200"
            : throw new ProbeException(
                $"HTTP {_http.Status}: a web server answers here; no SSTP, or none for this client or not yet");
    }

    private async Task<string> CallAsync(CancellationToken timeout)
    {
        _sstp = await SstpConnect.RunAsync(_stream!, _http!.Surplus, timeout);
        return _sstp.Answer == "ack"
            ? $"the call is accepted, crypto binding by {string.Join(" or ", _sstp.Hashes)}"
            : throw new ProbeException($"the server refuses the call ({_sstp.Answer}, {_sstp.Status ?? "no reason given"})");
    }

    private async Task<string> LogInAsync(CancellationToken timeout)
    {
        _login = await login!.LoginAsync(target, (IPEndPoint)_socket!.RemoteEndPoint!, target.Credentials!, timeout);
        return $"{target.Credentials!.UserName} by {_login.Method}, address {string.Join(" and ", _login.Addresses)}";
    }
}
