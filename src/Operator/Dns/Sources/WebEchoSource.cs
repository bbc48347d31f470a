using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Operator.Connecting;

namespace Operator.Dns.Sources;

/// <summary>Several web services of different operators are asked which address they see, over each family by itself.</summary>
/// <remarks>A service that refuses us, or answers something else, sits on the bench
/// for a while and others take its turn.</remarks>
/// <param name="published">What stands at the name now, for a family that cannot be found out.</param>
public sealed class WebEchoSource(WebEchoSettings settings, FamilyClients clients, Func<AddressSet> published, TimeProvider time)
    : IAddressSource
{
    /// <summary>A service that said 403 or 429 means it.</summary>
    private static readonly TimeSpan Bench = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _benched = new();
    private int _round;

    public bool IsAuthoritative => false;

    public async Task<SourceReading> ReadAsync(CancellationToken stopping)
    {
        _round++;
        var v4 = settings.V4 ? ReadAsync(settings.Urls4, AddressFamily.InterNetwork, stopping) : null;
        var v6 = settings.V6 ? ReadAsync(settings.Urls6, AddressFamily.InterNetworkV6, stopping) : null;
        return FamilyJoin.Join(v4 is null ? null : await v4, v6 is null ? null : await v6, published());
    }

    private async Task<SourceReading> ReadAsync(IReadOnlyList<Uri> urls, AddressFamily family, CancellationToken stopping)
    {
        var votes = await Task.WhenAll(Choose(urls).Select(url => AskAsync(url, family, stopping)));
        if (clients.TunnelOf(family) is { } tunnel && votes.Any(vote => vote.Address is not null))
            return new SourceReading.Unsure(
                "VpnEgress",
                $"The way out leads through {tunnel}, so the services see the far end of that tunnel and not this line. "
                + "Route them past it, or use another source.");
        return Consensus.Of(votes, settings.Quorum, settings.Allowed);
    }

    // Others each round, so that none of them is asked every minute for ever.
    private IEnumerable<Uri> Choose(IReadOnlyList<Uri> urls)
    {
        var now = time.GetUtcNow();
        var free = urls.Where(url => !_benched.TryGetValue(url.AbsoluteUri, out var until) || until <= now).ToArray();
        var choice = free.Length >= settings.Quorum ? free : [.. urls];
        return choice.Skip(_round % choice.Length).Concat(choice).Take(Math.Min(settings.Asked, choice.Length));
    }

    private async Task<Vote> AskAsync(Uri url, AddressFamily family, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), deadline, settings.Patience, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", Providers.Http.ServiceClient.UserAgent);
            using var response = await clients.Of(family)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
                _benched[url.AbsoluteUri] = time.GetUtcNow() + Bench;
            if (!response.IsSuccessStatusCode)
                return new Vote(url.Host, null, (int)response.StatusCode is >= 300 and < 400
                    ? "it redirects: is there a captive portal?"
                    : $"HTTP {(int)response.StatusCode}");

            await using var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            var buffer = new byte[EchoAnswer.MaxBody + 1];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline.Token);
            return EchoAnswer.TryRead(Encoding.UTF8.GetString(buffer, 0, length), family, out var address)
                ? new Vote(url.Host, address)
                : new Vote(url.Host, null, length > EchoAnswer.MaxBody
                    ? "the answer is too long for an address"
                    : "the answer is no single address of this family");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new Vote(url.Host, null, ConnectionFault.Words(exception, url.Host));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new Vote(url.Host, null, $"no answer within {settings.Patience.TotalSeconds:0.#} s");
        }
    }
}
