using System.Text.Json.Nodes;
using KubeApi.Client;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;

namespace KubeApi.Leases;

/// <summary>Lets at most one of several replicas act, by a Lease, under client-go's rules.</summary>
/// <remarks>
/// The leader stops acting before another may start: it gives up after <see cref="LeaderElectionOptions.RenewDeadline"/> of
/// failed renewals, counted from when the last good one was <em>begun</em>, and others wait for the longer
/// <see cref="LeaderElectionOptions.LeaseDuration"/> from when they saw it. A process that is suspended can still wake up late,
/// so what the leader does outside must bear being done twice. Give it a <see cref="KubeClient"/> of its own: a renewal must not
/// queue behind the work.
/// </remarks>
public sealed class LeaderElector
{
    private readonly KubeClient _client;
    private readonly LeaderElectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ObservedLease _observed = new();
    private readonly long _origin;
    private volatile bool _isLeading;
    private string? _followed;

    public LeaderElector(KubeClient client, LeaderElectionOptions options, TimeProvider time, ILogger<LeaderElector> logger)
    {
        options.Validate();
        _client = client;
        _options = options;
        _time = time;
        _logger = logger;
        _origin = time.GetTimestamp();
    }

    public bool IsLeading => _isLeading;

    /// <summary>Waits to be elected, then works until that ends, the lease is lost or it is time to stop.
    /// The lease is released when the work has ended.</summary>
    /// <param name="work">Cancelled when the lease is lost or on <paramref name="stopping"/>; must then end soon.</param>
    /// <returns>True when stopped as asked, or the work ended by itself; false when the lease was lost:
    /// end the process, and start afresh.</returns>
    public async Task<bool> RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        if (await AcquireAsync(stopping).ConfigureAwait(false) is not { } since) return true;

        _isLeading = true;
        LeasesLog.Leading(_logger, _options.Identity);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // Renewals go on until the work has ended, also while it is ending: released too early, another would start beside it.
        using var renewing = new CancellationTokenSource();
        var renewal = RenewAsync(since, leading, renewing.Token);
        try
        {
            await work(leading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested)
        {
            // The work's way of ending.
        }
        finally
        {
            _isLeading = false;
            await renewing.CancelAsync().ConfigureAwait(false);
        }

        var isHeld = await renewal.ConfigureAwait(false);
        if (isHeld) await ReleaseAsync().ConfigureAwait(false);
        return isHeld;
    }

    /// <returns>When the lease was asked for that was got; null when stopped before.</returns>
    private async Task<TimeSpan?> AcquireAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var begun = Now;
            if (await TryTakeAsync(_options.RenewDeadline, stopping).ConfigureAwait(false)) return begun;
            if (_observed.Holder is { } holder && holder != _followed) LeasesLog.Following(_logger, _followed = holder);
            await PauseAsync(stopping).ConfigureAwait(false);
        }

        return null;
    }

    /// <returns>True when it was still held when <paramref name="ended"/> came;
    /// false when it was lost, and then <paramref name="leading"/> is cancelled.</returns>
    private async Task<bool> RenewAsync(TimeSpan since, CancellationTokenSource leading, CancellationToken ended)
    {
        var lastGood = since;
        while (true)
        {
            await PauseAsync(ended).ConfigureAwait(false);
            if (ended.IsCancellationRequested) return true;

            var begun = Now;
            var left = _options.RenewDeadline - (begun - lastGood);
            if (left > TimeSpan.Zero && await TryTakeAsync(left, ended).ConfigureAwait(false))
            {
                lastGood = begun;
                continue;
            }

            if (ended.IsCancellationRequested) return true;
            var isTaken = _observed.Holder is not null && !_observed.IsHeldBy(_options.Identity);
            if (!isTaken && Now - lastGood < _options.RenewDeadline) continue;

            LeasesLog.Lost(_logger, isTaken
                ? $"{_observed.Holder} holds the lease"
                : $"no renewal for {_options.RenewDeadline.TotalSeconds:0} s");
            _isLeading = false;
            await leading.CancelAsync().ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>Reads the lease and, when it is free or one's own, writes oneself into it.</summary>
    private async Task<bool> TryTakeAsync(TimeSpan patience, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, deadline.Token);
        try
        {
            var current = await _client.GetAsync(BuiltIn.Leases, _options.Lease, either.Token).ConfigureAwait(false);
            _observed.Observe(current?.Value.Spec, Now);
            if (!_observed.IsFree(_options.Identity, _options.LeaseDuration, Now)) return false;

            var stored = current is null
                ? await _client.CreateAsync(BuiltIn.Leases, Manifest(null), either.Token).ConfigureAwait(false)
                : await _client.ReplaceAsync(BuiltIn.Leases, Manifest(current), either.Token).ConfigureAwait(false);
            _observed.Observe(stored.Value.Spec, Now);
            return true;
        }
        catch (KubeApiException e) when (e.IsConflict || e.IsAlreadyExists)
        {
            // Another was faster; the next look tells who.
            return false;
        }
        catch (Exception e) when (ClusterFailures.Include(e))
        {
            LeasesLog.Failed(_logger, _options.Lease.ToString(), e.Message);
            return false;
        }
        catch (OperationCanceledException)
        {
            if (!stopping.IsCancellationRequested) LeasesLog.Failed(_logger, _options.Lease.ToString(), "no answer in time");
            return false;
        }
    }

    private JsonObject Manifest(KubeObject<Lease>? current)
    {
        var now = KubeTime.Micros(_time.GetUtcNow());
        var isRenewal = current is not null && _observed.IsHeldBy(_options.Identity);
        var manifest = current?.ToJsonObject() ?? new JsonObject
        {
            ["apiVersion"] = BuiltIn.Leases.ApiVersion,
            ["kind"] = BuiltIn.Leases.Kind,
            ["metadata"] = new JsonObject { ["name"] = _options.Lease.Name, ["namespace"] = _options.Lease.Namespace },
        };
        if (manifest["spec"] is not JsonObject spec) manifest["spec"] = spec = [];
        spec["holderIdentity"] = _options.Identity;
        spec["leaseDurationSeconds"] = (int)Math.Ceiling(_options.LeaseDuration.TotalSeconds);
        spec["renewTime"] = now;
        if (isRenewal) return manifest;

        spec["acquireTime"] = now;
        spec["leaseTransitions"] = (current?.Value.Spec?.LeaseTransitions ?? -1) + 1;
        return manifest;
    }

    /// <summary>So that the next leader need not wait for the lease to run out.</summary>
    private async Task ReleaseAsync()
    {
        // The process is ending and its tokens are cancelled; this one request is worth two seconds.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        try
        {
            var current = await _client.GetAsync(BuiltIn.Leases, _options.Lease, deadline.Token).ConfigureAwait(false);
            if (current?.Value.Spec?.HolderIdentity != _options.Identity) return;

            var manifest = Manifest(current);
            manifest["spec"]!["holderIdentity"] = "";
            manifest["spec"]!["leaseDurationSeconds"] = 1;
            await _client.ReplaceAsync(BuiltIn.Leases, manifest, deadline.Token).ConfigureAwait(false);
            LeasesLog.Released(_logger, _options.Lease.ToString());
        }
        catch (Exception e) when (ClusterFailures.Include(e) || e is OperationCanceledException)
        {
            LeasesLog.Failed(_logger, _options.Lease.ToString(), e.Message);
        }
    }

    private async Task PauseAsync(CancellationToken ended)
    {
        try
        {
            await Task.Delay(_options.RetryPeriod * (1 + (0.2 * Random.Shared.NextDouble())), _time, ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Who waits looks at the token.
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_origin);
}
