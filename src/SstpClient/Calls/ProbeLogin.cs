using System.Net;
using SstpClient.Dialing;
using SstpClient.Probe;
using SstpClient.Probe.Reports;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;
using SstpTransport.Polling;
using SstpTransport.Pumping;

namespace SstpClient.Calls;

/// <summary>The probe's last step: a whole call, up to an address, and a good-bye.</summary>
public sealed class ProbeLogin(MonotonicClock clock) : IProbeLogin
{
    public async Task<LoginFindings> LoginAsync(
        ProbeTarget target, IPEndPoint server, ProbeCredentials credentials, CancellationToken stopping)
    {
        var settings = new CallSettings
        {
            Dial = new DialSettings
            {
                Host = target.Host,
                Port = target.Port,
                Address = server.Address,
                TrustedRoots = target.Authorities.Count == 0 ? null : [.. target.Authorities],
                StepTimeout = target.StepTimeout,
            },
            Credentials = new PeerCredentials(credentials.UserName, credentials.Password),
        };
        var observer = new Observer();
        try
        {
            using var poller = new Poller(0);
            using var call = await Call.PlaceAsync(settings, observer, poller, clock, stopping).ConfigureAwait(false);
            using var over = new CancellationTokenSource();
            var heartbeat = CallHeartbeat.RunAsync([call], clock, over.Token);
            try
            {
                return await observer.Findings.WaitAsync(stopping).ConfigureAwait(false);
            }
            finally
            {
                call.HangUp();
                await call.Ended.ConfigureAwait(false);
                await over.CancelAsync().ConfigureAwait(false);
                await heartbeat.ConfigureAwait(false);
            }
        }
        catch (DialException e)
        {
            throw new ProbeException(e.Message);
        }
    }

    private sealed class Observer : ICallObserver
    {
        private readonly TaskCompletionSource<LoginFindings> _findings = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _method = "";

        public Task<LoginFindings> Findings => _findings.Task;

        public void Apply(Call call, SessionEvent sessionEvent)
        {
            switch (sessionEvent)
            {
                case SessionEvent.Authenticated authenticated:
                    _method = authenticated.Method == AuthenticationMethod.Eap ? "EAP-MSCHAPv2" : authenticated.Method.ToString();
                    break;
                case SessionEvent.Ipv4Opened opened:
                    _findings.TrySetResult(
                        new LoginFindings(_method, [opened.Own.ToString()], [.. opened.Dns.Select(server => server.ToString())]));
                    break;
                case SessionEvent.Ended ended:
                    _findings.TrySetException(new ProbeException($"the log-in came to nothing: {ended.End.Detail}"));
                    break;
            }
        }

        public void Receive(Call call, PppProtocol protocol, Span<byte> packet)
        {
            // A probe carries no traffic.
        }

        public void EndOfBatch()
        {
            // Nothing was held back.
        }
    }
}
