namespace SstpGateway.Decoy;

/// <summary>What a decoy has to show: one answer to one request.</summary>
internal interface IDecoyContent
{
    /// <summary>Bytes of a request's body at most; a longer one is refused with 413 before it is asked for an answer.</summary>
    long MaxBodyLength { get; }

    /// <summary>Sends one whole answer. What is left of the body is read by the caller.</summary>
    /// <exception cref="IOException">The visitor has gone.</exception>
    ValueTask AnswerAsync(RequestHead request, RequestBody body, Answer answer, CancellationToken stopping);
}
