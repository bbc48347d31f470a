using System.Collections.Immutable;

namespace Operator.Dns.Accounts;

/// <summary>Whether a record may use its account now. Closed.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>Now. Every one of these is followed by <see cref="ServiceAccount.Finish"/>.</summary>
    /// <param name="Begun">When.</param>
    public sealed record Go(DateTimeOffset Begun) : Admission
    {
        /// <summary>Wishes of other records that go in the same request;
        /// their answers are due by <see cref="ServiceAccount.Deliver"/>.</summary>
        public ImmutableArray<NameWish> Along { get; init; } = [];
    }

    /// <summary>Others that may want the same come in a moment, and one of all goes for all.</summary>
    /// <param name="Until">When the record asks again, unless it is woken.</param>
    public sealed record Gather(DateTimeOffset Until) : Admission;

    /// <summary>The service has refused the account for good.</summary>
    /// <param name="Class">One word, for the condition.</param>
    /// <param name="Message">For people.</param>
    public sealed record Refused(string Class, string Message) : Admission;

    /// <param name="Reason">One word, for the condition.</param>
    /// <param name="Message">For people; holds no time.</param>
    /// <param name="Until">When it is this record's turn; stays the same while it waits,
    /// unless the account has learnt something.</param>
    /// <param name="Again">When the record shall ask again; null: it is woken.</param>
    public sealed record Wait(string Reason, string Message, DateTimeOffset Until, DateTimeOffset? Again) : Admission;
}
