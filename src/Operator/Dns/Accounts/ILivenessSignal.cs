namespace Operator.Dns.Accounts;

/// <summary>Looks whether a service's host is up, without asking its API for anything: no credentials, no name,
/// nothing that an account is charged for.</summary>
public interface ILivenessSignal
{
    /// <summary>Looks once, for a few seconds at most.</summary>
    Task<Liveness> LookAsync(CancellationToken stopping);
}
