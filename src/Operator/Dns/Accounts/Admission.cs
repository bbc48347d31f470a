namespace Operator.Dns.Accounts;

/// <summary>Whether a record may use its account now. Closed.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>Now. Every one of these is followed by <see cref="ServiceAccount.Finish"/>.</summary>
    /// <param name="Begun">When.</param>
    public sealed record Go(DateTimeOffset Begun) : Admission;

    /// <param name="Reason">One word, for the condition.</param>
    /// <param name="Message">For people; holds no time.</param>
    /// <param name="Until">When it is this record's turn; stays the same while it waits, unless the account has learnt something.</param>
    /// <param name="Again">When the record shall ask again; null: it is woken.</param>
    public sealed record Wait(string Reason, string Message, DateTimeOffset Until, DateTimeOffset? Again) : Admission;
}
