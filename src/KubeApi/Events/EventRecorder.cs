using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using KubeApi.Client;
using KubeApi.Objects;
using Microsoft.Extensions.Logging;

namespace KubeApi.Events;

/// <summary>Writes events (events.k8s.io/v1) in the background: repeats as a series,
/// floods thinned out, failures forgotten.</summary>
public sealed class EventRecorder : IEventRecorder
{
    private const int LongestNote = 1024;
    private const int LongestName = 253;

    /// <summary>A series ends after this long without a repeat; the next one is a new event.</summary>
    private static readonly TimeSpan SeriesEnds = TimeSpan.FromMinutes(6);

    /// <summary>One token each five minutes (client-go's spam filter).</summary>
    private const double PerSecond = 1.0 / 300;

    private readonly KubeClient _client;
    private readonly EventRecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<Func<CancellationToken, Task>> _waiting;
    private readonly Lock _gate = new();
    private readonly Dictionary<EventKey, EventSeries> _series = [];
    private readonly Dictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private long _dropped;
    private long _sequence;

    public EventRecorder(KubeClient client, EventRecorderOptions options, TimeProvider time, ILogger<EventRecorder> logger)
    {
        _client = client;
        _options = options;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<Func<CancellationToken, Task>>(
            new BoundedChannelOptions(options.Capacity) { SingleReader = true });
    }

    public void Record(ResourceType type, ObjectMeta regarding, EventType severity, string reason, string action, string note)
    {
        note = note.Length <= LongestNote ? note : note[..(LongestNote - 1)] + "…";
        lock (_gate)
        {
            ForgetOld();
            var now = _time.GetTimestamp();
            var key = new EventKey(regarding.Uid, severity, reason, action, note);
            if (_series.TryGetValue(key, out var series))
            {
                if (!series.Repeat(now)) return;
                var patch = series.Patch(_time.GetUtcNow());
                Write(cancelled => _client.MergePatchAsync(BuiltIn.Events, series.Stored, patch, cancelled));
                return;
            }

            if (!IsAllowed(regarding.Uid)) return;
            var manifest = Compose(type, regarding, key);
            series = new EventSeries(
                new ObjectKey((string)manifest["metadata"]!["namespace"]!, (string)manifest["metadata"]!["name"]!), now);
            _series[key] = series;
            Write(cancelled => _client.CreateAsync(BuiltIn.Events, manifest, cancelled));
        }
    }

    /// <summary>Writes what was recorded, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var write in _waiting.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
                await WriteAsync(write, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task WriteAsync(Func<CancellationToken, Task> write, CancellationToken stopping)
    {
        var wait = TimeSpan.FromMilliseconds(250);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write(stopping).ConfigureAwait(false);
                return;
            }
            catch (KubeApiException e) when (e.Status.Code is >= 400 and < 500 && !e.IsTooManyRequests)
            {
                // The namespace is going, the right is missing, the series' event has expired: asking again changes nothing.
                EventsLog.GivenUp(_logger, e.Message);
                return;
            }
            catch (Exception e) when (ClusterFailures.Include(e))
            {
                if (attempt >= _options.Attempts)
                {
                    EventsLog.GivenUp(_logger, e.Message);
                    return;
                }
            }

            await Task.Delay(wait, _time, stopping).ConfigureAwait(false);
            wait = wait * 2 < TimeSpan.FromSeconds(30) ? wait * 2 : TimeSpan.FromSeconds(30);
        }
    }

    private void Write(Func<CancellationToken, Task> write)
    {
        if (_waiting.Writer.TryWrite(write)) return;
        if (long.IsPow2(++_dropped)) EventsLog.Dropped(_logger, _dropped);
    }

    /// <summary>All that <c>kubectl describe</c> and <c>kubectl events</c> select by,
    /// and both ways of saying who speaks.</summary>
    private JsonObject Compose(ResourceType type, ObjectMeta regarding, EventKey key)
    {
        var now = _time.GetUtcNow();
        var @namespace = regarding.Namespace.Length == 0 ? "default" : regarding.Namespace;
        var suffix = "."
            + (((now - DateTimeOffset.UnixEpoch).Ticks * 100) + _sequence++).ToString("x16", CultureInfo.InvariantCulture);
        var name = regarding.Name.Length + suffix.Length <= LongestName
            ? regarding.Name
            : regarding.Name[..(LongestName - suffix.Length)];
        return new JsonObject
        {
            ["apiVersion"] = BuiltIn.Events.ApiVersion,
            ["kind"] = BuiltIn.Events.Kind,
            ["metadata"] = new JsonObject { ["name"] = name.TrimEnd('.', '-') + suffix, ["namespace"] = @namespace },
            ["eventTime"] = KubeTime.Micros(now),
            ["type"] = key.Severity.ToString(),
            ["reason"] = key.Reason,
            ["action"] = key.Action,
            ["note"] = key.Note,
            ["regarding"] = new JsonObject
            {
                ["apiVersion"] = type.ApiVersion,
                ["kind"] = type.Kind,
                ["namespace"] = regarding.Namespace,
                ["name"] = regarding.Name,
                ["uid"] = regarding.Uid,
                ["resourceVersion"] = regarding.ResourceVersion,
            },
            ["reportingController"] = _options.Controller,
            ["reportingInstance"] = _options.Instance,
        };
    }

    private bool IsAllowed(string uid)
    {
        if (!_allowances.TryGetValue(uid, out var allowance))
            _allowances[uid] = allowance = new Allowance(_options.Burst, _time.GetTimestamp());
        return allowance.Take(_options.Burst, _time);
    }

    private void ForgetOld()
    {
        foreach (var (key, series) in _series)
            if (_time.GetElapsedTime(series.LastSeen) > SeriesEnds) _series.Remove(key);

        // A full allowance is the same as none.
        if (_allowances.Count <= 4096) return;
        foreach (var (uid, allowance) in _allowances)
            if (allowance.IsFull(_options.Burst, _time)) _allowances.Remove(uid);
    }

    private sealed class Allowance(double tokens, long at)
    {
        private double _tokens = tokens;
        private long _at = at;

        public bool Take(int burst, TimeProvider time)
        {
            Refill(burst, time);
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }

        public bool IsFull(int burst, TimeProvider time)
        {
            Refill(burst, time);
            return _tokens >= burst;
        }

        private void Refill(int burst, TimeProvider time)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * PerSecond));
            _at = now;
        }
    }
}
