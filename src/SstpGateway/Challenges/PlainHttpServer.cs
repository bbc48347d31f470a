using System.Net;
using System.Net.Sockets;
using GatewayConfig;
using GatewayConfig.Channel;
using GatewayConfig.Formats;
using Microsoft.Extensions.Logging;
using SstpGateway.Decoy;
using SstpGateway.Listening;
using SstpGateway.Metrics;
using SstpTransport.Polling;

namespace SstpGateway.Challenges;

/// <summary>Plain HTTP beside the calls' listener, open only while there is something to serve on it.</summary>
/// <remarks>It is for everybody: neither CAs nor clients before their call come from <c>allowedSources</c>.</remarks>
public sealed class PlainHttpServer : IAsyncDisposable
{
    // How soon it closes after the last challenge has run out, or tries again to get its port.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    // Within what DescriptorBudget leaves for the program itself: CAs come with a handful.
    internal const int MaxVisitors = 128;

    // Those that are on their way out, having made room: a flood comes faster than they go, and they have descriptors, too.
    private const int MaxLeaving = 32;

    // A network's clients that fetch a revocation list from behind one address are done in milliseconds each, and keep their
    // connections for a while.
    internal const int MaxOfSource = 32;

    private readonly ChallengeBook _challenges;
    private readonly RevocationLists _lists;
    private readonly Func<GatewayConfiguration> _configuration;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WaitingRoom _visitors = new(MaxVisitors, MaxOfSource);
    private readonly RareLine _refusals;
    private readonly HttpDecoy _http;
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Dictionary<IPEndPoint, Door> _doors = [];
    private string? _problem;

    public PlainHttpServer(
        ChallengeBook challenges, RevocationLists lists, Func<GatewayConfiguration> configuration,
        GatewayMetrics metrics, TimeProvider clock, ILogger logger)
    {
        _challenges = challenges;
        _lists = lists;
        _configuration = configuration;
        _clock = clock;
        _logger = logger;
        _refusals = new RareLine(clock);
        _http = new HttpDecoy(
            new PlainHttpPage(challenges, lists, configuration), configuration().Decoy.ServerHeader, clock, metrics);
    }

    /// <summary>Opens or closes, as is needed now.</summary>
    public async Task<ServingReport> AdjustAsync(CancellationToken stopping)
    {
        await _changing.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            var wanted = Wanted();
            foreach (var endPoint in _doors.Keys.Except(wanted).ToList())
            {
                ChallengeLog.PlainHttpClosed(_logger, endPoint);
                _doors.Remove(endPoint, out var door);
                await door!.DisposeAsync().ConfigureAwait(false);
            }

            var problems = wanted.Where(endPoint => !_doors.ContainsKey(endPoint)).Select(Open).OfType<string>().ToList();
            if (wanted.Count == 0 && HasContent)
                problems.Add("listening.httpPort is 0, so nothing is served over plain HTTP; set it to 80");
            var problem = problems.Count == 0 ? null : string.Join("; ", problems);
            if (problem is not null && problem != _problem) ChallengeLog.PlainHttpRefused(_logger, problem);
            _problem = problem;

            return new ServingReport
            {
                IsServing = wanted.Count > 0 && problem is null,
                Addresses = [.. _doors.Keys.Select(endPoint => endPoint.ToString())],
                Problem = problem,
            };
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Adjusts now and then, until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do await AdjustAsync(stopping).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors.Values) await door.DisposeAsync().ConfigureAwait(false);
        _changing.Dispose();
    }

    private bool HasContent => _challenges.HttpTokens.Count > 0 || !_lists.IsEmpty;

    private List<IPEndPoint> Wanted()
    {
        var listening = _configuration().Listening;
        if (listening.HttpPort == 0 || !HasContent) return [];
        return
        [
            .. listening.Addresses.Select(address => AddressPort.TryParse(address, out var endPoint) ? endPoint.Address : null)
                .OfType<IPAddress>()
                .Distinct().Select(address => new IPEndPoint(address, listening.HttpPort)),
        ];
    }

    /// <returns>Why not; null when it is open.</returns>
    private string? Open(IPEndPoint endPoint)
    {
        var closing = new CancellationTokenSource();
        try
        {
            _doors[endPoint] = new Door(
                Listener.Start(
                    [endPoint.ToString()], socket => ServeAsync(socket, closing.Token), _logger, MaxVisitors + MaxLeaving),
                closing);
            ChallengeLog.PlainHttpOpen(_logger, endPoint);
            return null;
        }
        catch (ListenException e)
        {
            closing.Dispose();
            return e.Message;
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken closing)
    {
        using var _ = socket;
        if (socket.RemoteEndPoint is not IPEndPoint source) return;
        using var visitor = _visitors.Enter(source.Address, socket.Dispose, out var hasSentAway);
        if (hasSentAway && _refusals.MayWrite(out var unsaid)) ChallengeLog.PlainHttpCrowded(_logger, source, unsaid);

        try
        {
            SocketTuning.Apply(socket);
            using var stream = new NetworkStream(socket, ownsSocket: false);
            await _http.ServeAsync(stream, default, closing).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A visitor that made room finds its socket disposed of.
            ListeningLog.Closed(_logger, source, e.Message);
        }
    }

    /// <summary>One open address and the visitors behind it.</summary>
    private sealed class Door(Listener listener, CancellationTokenSource closing) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await closing.CancelAsync().ConfigureAwait(false);
            await listener.DisposeAsync().ConfigureAwait(false);
            closing.Dispose();
        }
    }
}
