using System.Net;
using System.Net.Sockets;
using Operator.Resources.DdnsRecords;
using SstpClient.Probe;

namespace Operator.Dns.Failover;

/// <summary>Looks by the client's own prober: TCP alone, up to a valid certificate,
/// or up to an SSTP server that takes a call.</summary>
public sealed class SstpTargetProbe(TimeProvider time) : ITargetProbe
{
    public async Task<ProbeResult> LookAsync(IPAddress address, ProbePlan plan, CancellationToken stopping)
    {
        if (plan.Kind == HealthCheckKind.Tcp) return await ConnectAsync(address, plan, stopping);

        var report = await new Prober(login: null, time).RunAsync(
            new ProbeTarget
            {
                Host = plan.ServerName,
                Port = plan.Port,
                Address = address,
                Authorities = plan.Authorities,
                MinDaysLeft = (int)Math.Ceiling(plan.MinimumLifetime.TotalDays),
                StepTimeout = plan.Timeout,
            },
            stopping);
        var wanted = report.Steps.Where(step => plan.Kind == HealthCheckKind.Sstp || step.Step <= ProbeStep.Tls).ToArray();
        var failed = wanted.FirstOrDefault(step => !step.Ok);
        return failed is not null
            ? new ProbeResult(false, $"{address}: {failed.Step.ToString().ToLowerInvariant()}: {failed.Detail}")
            : new ProbeResult(true, $"{address}: answers");
    }

    private async Task<ProbeResult> ConnectAsync(IPAddress address, ProbePlan plan, CancellationToken stopping)
    {
        using var elapsed = new CancellationTokenSource(plan.Timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, stopping);
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, plan.Port), deadline.Token);
            return new ProbeResult(true, $"{address}: answers");
        }
        catch (SocketException exception)
        {
            return new ProbeResult(false, $"{address}: tcp: {exception.Message}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new ProbeResult(false, $"{address}: tcp: no answer within {plan.Timeout.TotalSeconds:0.#} s");
        }
    }
}
