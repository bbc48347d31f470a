namespace SstpGateway.Dns.Messages;

/// <summary>What a message that came from a server is.</summary>
internal enum AnswerVerdict
{
    /// <summary>The answer: data, or that there is none.</summary>
    Answered,

    /// <summary>The answer to our question, but an error that another server may not
    /// have (SERVFAIL, REFUSED and the like).</summary>
    Failed,

    /// <summary>Not an answer to our question: late, misled or forged. Go on waiting.</summary>
    Unrelated,

    /// <summary>Our question in other upper and lower case: a server that does not preserve it, or a forgery.
    /// Ask by TCP.</summary>
    CaseDiffers,

    /// <summary>TC is set. Ask by TCP.</summary>
    Truncated,

    /// <summary>The server may not know EDNS (RFC 6891 7). Ask without.</summary>
    EdnsNotUnderstood,

    /// <summary>An answer to our question with records that do not fit together.</summary>
    Malformed,
}
