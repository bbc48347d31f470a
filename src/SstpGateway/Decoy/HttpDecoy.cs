using SstpGateway.Metrics;

namespace SstpGateway.Decoy;

/// <summary>An HTTP/1.1 server for one connection: reads requests, asks its content for answers,
/// and behaves between them as nginx does.</summary>
internal sealed class HttpDecoy(IDecoyContent content, string server, TimeProvider clock, GatewayMetrics metrics) : IDecoy
{
    public async Task ServeAsync(Stream stream, ReadOnlyMemory<byte> received, CancellationToken stopping)
    {
        var input = new DecoyInput(stream, received, clock);
        var idle = DecoyLimits.ReadTimeout;
        for (var left = DecoyLimits.MaxRequests; ; left--)
        {
            var (request, fault) = await input.ReadHeadAsync(idle, stopping).ConfigureAwait(false);
            if (request is null)
            {
                await RefuseAsync(stream, fault, stopping).ConfigureAwait(false);
                return;
            }

            var answer = new Answer(stream, request, server, request.WantsKeepAlive && left > 1, clock);
            var body = new RequestBody(input, request);
            if (!await TryServeAsync(request, body, answer, stopping).ConfigureAwait(false))
            {
                // Closing on bytes that were not read would reset the connection and take the answer with it.
                if (!body.IsAtEnd) await input.LingerAsync(stopping).ConfigureAwait(false);
                return;
            }
            idle = DecoyLimits.KeepAliveTimeout;
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    private async ValueTask<bool> TryServeAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping)
    {
        if (body.Length > content.MaxBodyLength)
            await answer.SendPageAsync("413 Request Entity Too Large", stopping).ConfigureAwait(false);
        else await content.AnswerAsync(request, body, answer, stopping).ConfigureAwait(false);

        metrics.DecoyAnswered(answer.Status);
        return answer.KeepsAlive && await body.TryDiscardAsync(DecoyLimits.MaxBodyLength, stopping).ConfigureAwait(false);
    }

    private async ValueTask RefuseAsync(Stream stream, RequestFault fault, CancellationToken stopping)
    {
        (string Status, string? Explanation)? page = fault switch
        {
            RequestFault.Malformed => ("400 Bad Request", null),
            RequestFault.TargetTooLong => ("414 Request-URI Too Large", null),
            RequestFault.FieldsTooLong => ("400 Bad Request", "Request Header Or Cookie Too Large"),
            RequestFault.Version => ("505 HTTP Version Not Supported", null),
            RequestFault.TransferCoding => ("501 Not Implemented", null),
            RequestFault.Trace => ("405 Not Allowed", null),
            _ => null,
        };
        if (page is not var (status, explanation)) return;

        var answer = new Answer(stream, null, server, mayKeepAlive: false, clock);
        await answer.SendPageAsync(status, stopping, explanation).ConfigureAwait(false);
        metrics.DecoyAnswered(answer.Status);
    }
}
