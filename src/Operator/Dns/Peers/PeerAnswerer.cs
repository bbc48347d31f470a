using System.Collections.Concurrent;
using System.Net;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using Operator.Dns.Accounts;
using Operator.Dns.Names;
using Operator.Dns.Resolving;
using Operator.Dns.Sources;
using Operator.Dns.Verifying;
using Operator.Listening;
using SstpClient.Probe;
using SstpClient.Probe.Reports;

namespace Operator.Dns.Peers;

/// <summary>Looks at a name for an operator elsewhere that has a token.</summary>
/// <remarks>
/// No scanner: dialled is only an address that the zone's own servers give for the name at this moment, if it is public, on a
/// port of the list; the answer says no more than whether it took the connection and whose certificate it showed; and each token
/// has a budget. Nor does it multiply: of the zone's servers a few public ones are asked, and a token has two looks at a time,
/// which end soon.
/// </remarks>
public sealed class PeerAnswerer(
    PeerOptions options, IAuthoritativeResolver resolver, TimeProvider time, ILogger<PeerAnswerer> logger)
{
    private const int LooksAMinute = 60;
    private const int LooksAtATime = 2;
    private static readonly TimeSpan StepTimeout = TimeSpan.FromSeconds(2);

    /// <summary>For a whole look, with the wait for a place.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly PeerTokens _tokens = new(options.TokensFile, logger);
    private readonly ConcurrentDictionary<string, AccountBudget> _budgets = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _places = new();
    private readonly SenderBudgets _strangers = new(time);
    private readonly StrangerLines _lines = new(time);
    private readonly Verifier _verifier = new(new PeerResolver(resolver, options.AllowedRanges));

    /// <param name="authorization">The header.</param>
    /// <returns>An HTTP status, and for 200 what was seen.</returns>
    public async Task<(int Status, ProbeResult? Seen)> AnswerAsync(
        IPAddress sender, string? authorization, string? nameText, string? addressText,
        string? portText, CancellationToken stopping)
    {
        if (authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) != true
            || _tokens.Find(authorization["Bearer ".Length..].Trim()) is not { } peer)
        {
            // Of strangers only, and before the log, which they could fill: peers may share an address with them.
            if (!_strangers.TryTake(sender)) return (429, null);
            if (_lines.MayWrite(out var unsaid)) PeersLog.UnknownToken(logger, sender, unsaid);
            return (401, null);
        }

        if (!_budgets.GetOrAdd(peer, _ => new AccountBudget(LooksAMinute, TimeSpan.FromMinutes(1), time)).TryTake(out _))
            return (429, null);
        if (!DomainName.TryParse(nameText ?? "", out var name) || !int.TryParse(portText, out var port)) return (400, null);

        using var late = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        var places = _places.GetOrAdd(peer, _ => new SemaphoreSlim(LooksAtATime));
        try
        {
            await places.WaitAsync(either.Token);
            try
            {
                return await LookAsync(peer, name, addressText, port, either.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            PeersLog.Refused(logger, peer, $"{name} took longer than {Deadline.TotalSeconds} s");
            return (504, null);
        }
    }

    private async Task<(int Status, ProbeResult? Seen)> LookAsync(
        string peer, DomainName name, string? addressText, int port, CancellationToken stopping)
    {
        var led = await LeadsToAsync(name, stopping);
        var seen = new ProbeResult { Addresses = led.Texts };
        if (string.IsNullOrEmpty(addressText)) return (200, seen);
        if (!IPAddress.TryParse(addressText, out var address)) return (400, null);
        if (!options.Ports.Contains(port) || !led.All.Contains(address)
            || PublicAddress.Objection(address, options.AllowedRanges) is not null)
        {
            PeersLog.Refused(logger, peer, $"{name} {address}:{port} is none of ours to look at");
            return (403, null);
        }

        PeersLog.Looked(logger, peer, name.Text, address.ToString(), port);
        return (200, With(seen, await new Prober(login: null, time).RunAsync(
            new ProbeTarget { Host = name.Text, Port = port, Address = address, StepTimeout = StepTimeout }, stopping)));
    }

    private async Task<AddressSet> LeadsToAsync(DomainName name, CancellationToken stopping)
    {
        var round = await _verifier.AskAsync(name, [], [], v4: true, v6: true, stopping);
        return new AddressSet(round.Findings.SelectMany(finding => finding.Addresses?.All ?? []));
    }

    private static ProbeResult With(ProbeResult seen, ProbeReport report) => seen with
    {
        Address = report.Address,
        IsReachable = report.Address is not null,
        Problem = report.Steps.FirstOrDefault(step => !step.Ok) is { } failed
            ? $"{failed.Step.ToString().ToLowerInvariant()}: {failed.Detail}"
            : null,
        Certificate = report.Tls is { } tls
            ? new ServedCertificate
            {
                Names = [.. tls.Names],
                Issuer = tls.Issuer,
                NotBefore = tls.NotBefore,
                NotAfter = tls.NotAfter,
                Sha256 = tls.Sha256.ToLowerInvariant(),
            }
            : null,
        HttpStatus = report.HttpStatus,
    };
}
