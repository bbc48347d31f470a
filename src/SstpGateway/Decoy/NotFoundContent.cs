namespace SstpGateway.Decoy;

/// <summary>A web server that has nothing: 404 for every path and method.</summary>
internal sealed class NotFoundContent : IDecoyContent
{
    public long MaxBodyLength => DecoyLimits.MaxBodyLength;

    public ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping) =>
        answer.SendPageAsync("404 Not Found", stopping);
}
