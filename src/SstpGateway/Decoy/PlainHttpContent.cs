namespace SstpGateway.Decoy;

/// <summary>What somebody gets who speaks HTTP to a port that expects TLS.</summary>
internal sealed class PlainHttpContent : IDecoyContent
{
    public long MaxBodyLength => long.MaxValue;

    public ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping) =>
        answer.SendPageAsync("400 Bad Request", stopping, "The plain HTTP request was sent to HTTPS port");
}
