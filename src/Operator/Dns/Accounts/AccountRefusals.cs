using KubeApi.Objects;
using Operator.Dns.Providers;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Accounts;

/// <summary>Refusals for good that are about the account: while one of its records has one, none of them calls.</summary>
/// <remarks>
/// Each stands in the status of the record that was told, so a restart forgets none. It ends there: by another Secret or
/// specification, or by a person; who unlocks one record unlocks the account. Not safe for concurrent use; its owner locks.
/// </remarks>
public sealed class AccountRefusals
{
    private readonly Dictionary<ObjectKey, ProviderLockout> _lockouts = [];

    /// <summary>Refusals from before this are settled; null when a person has settled none.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>What stands in a record's status, null for nothing; only what is about the account counts.</summary>
    public void Put(ObjectKey who, ProviderLockout? lockout)
    {
        if (lockout?.Class is nameof(FailureClass.Auth) or nameof(FailureClass.Abuse) && !(lockout.Since <= SettledAt))
            _lockouts[who] = lockout;
        else _lockouts.Remove(who);
    }

    /// <returns>Whose refusals that ended.</returns>
    public ObjectKey[] Settle(DateTimeOffset at)
    {
        if (!(SettledAt >= at)) SettledAt = at;
        ObjectKey[] settled = [.. _lockouts.Where(entry => entry.Value.Since <= at).Select(entry => entry.Key)];
        foreach (var who in settled) _lockouts.Remove(who);
        return settled;
    }

    /// <summary>Why no record of the account may call; null when they may.</summary>
    public Admission.Refused? Find()
    {
        foreach (var (who, lockout) in _lockouts)
            return new Admission.Refused(
                lockout.Class,
                $"The service refuses the account, as {who} was told, so no name of it is sent: {lockout.Message}");
        return null;
    }
}
