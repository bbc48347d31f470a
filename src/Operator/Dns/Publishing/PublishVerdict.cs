namespace Operator.Dns.Publishing;

/// <summary>Whether to send. Closed.</summary>
public abstract record PublishVerdict
{
    private PublishVerdict()
    {
    }

    public sealed record Publish : PublishVerdict;

    /// <summary>All is as it should be.</summary>
    public sealed record UpToDate : PublishVerdict;

    /// <summary>Later.</summary>
    /// <param name="Reason">One word, for the condition.</param>
    /// <param name="Message">For people; holds no time, the time has a field of its own.</param>
    public sealed record Wait(string Reason, string Message, DateTimeOffset Until) : PublishVerdict
    {
        /// <summary>When the record looks again; null: it is woken.</summary>
        public DateTimeOffset? Again { get; init; } = Until;
    }

    /// <summary>Not until somebody changes something.</summary>
    public sealed record Stopped(string Reason, string Message) : PublishVerdict;
}
