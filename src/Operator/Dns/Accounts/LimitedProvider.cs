using System.Collections.Immutable;
using Operator.Dns.Names;
using Operator.Dns.Providers;
using Operator.Reconciling;

namespace Operator.Dns.Accounts;

/// <summary>A provider that stays within its account's budget: a call beyond it fails at once,
/// with the time to wait, and is not sent.</summary>
/// <param name="isAdmitted">The caller holds an <see cref="Admission.Go"/>:
/// what it has begun is not cut off in the middle.</param>
/// <param name="isMetered">Requests are charged where they are sent (<see cref="MeteredHandler"/>);
/// otherwise each call is charged here.</param>
public sealed class LimitedProvider(
    IDnsProvider inner, AccountBudget budget, DnsMetrics metrics, string kind, bool isAdmitted = false, bool isMetered = false)
    : IDnsProvider
{
    public ProviderCapabilities Capabilities => inner.Capabilities;

    public Task<ProviderListing<PublishedAddress>> ListAddressesAsync(DomainName name, CancellationToken stopping) =>
        ListAsync("list", () => inner.ListAddressesAsync(name, stopping));

    public Task<ProviderListing<string>> ListTextAsync(DomainName name, CancellationToken stopping) =>
        ListAsync("list", () => inner.ListTextAsync(name, stopping));

    public Task<ProviderOutcome> ApplyAddressesAsync(AddressChange change, CancellationToken stopping) =>
        ChangeAsync("apply", () => inner.ApplyAddressesAsync(change, stopping));

    public async Task<ImmutableArray<ProviderOutcome?>> ApplyTogetherAsync(
        ImmutableArray<AddressChange> changes, CancellationToken stopping)
    {
        ImmutableArray<ProviderOutcome?> outcomes = [];

        // One request, so one call; it failed if it did for each.
        var joint = await ChangeAsync("apply", async () =>
        {
            outcomes = await inner.ApplyTogetherAsync(changes, stopping);
            return outcomes.FirstOrDefault(outcome => outcome is not (null or ProviderOutcome.Failed))
                ?? outcomes.FirstOrDefault(outcome => outcome is not null)
                    ?? new ProviderOutcome.Unchanged("it means nobody");
        });
        return outcomes.IsEmpty ? [.. changes.Select(_ => joint)] : outcomes;
    }

    public Task<ProviderOutcome> PresentTextAsync(
        DomainName name, string value, TimeSpan timeToLive, CancellationToken stopping) =>
        ChangeAsync("present", () => inner.PresentTextAsync(name, value, timeToLive, stopping));

    public Task<ProviderOutcome> RemoveTextAsync(DomainName name, string value, CancellationToken stopping) =>
        ChangeAsync("remove", () => inner.RemoveTextAsync(name, value, stopping));

    private async Task<ProviderOutcome> ChangeAsync(string call, Func<Task<ProviderOutcome>> send)
    {
        if (!MayCall(out var wait)) return new ProviderOutcome.Failed(Exhausted(wait));

        using var span = ReconcileTracing.Call(kind, call);
        var outcome = await send();
        Learn(outcome.FailureOrNull);
        End(span, outcome.FailureOrNull);
        metrics.Called(kind, call, outcome.FailureOrNull?.Class);
        return outcome;
    }

    private async Task<ProviderListing<T>> ListAsync<T>(string call, Func<Task<ProviderListing<T>>> send)
    {
        if (!MayCall(out var wait)) return new ProviderListing<T>.Failed(Exhausted(wait));

        using var span = ReconcileTracing.Call(kind, call);
        var listing = await send();
        var failure = (listing as ProviderListing<T>.Failed)?.Failure;
        Learn(failure);
        End(span, failure);
        metrics.Called(kind, call, failure?.Class);
        return listing;
    }

    private bool MayCall(out TimeSpan wait)
    {
        wait = isAdmitted ? TimeSpan.Zero : budget.WaitFor(1);
        if (wait > TimeSpan.Zero) return false;

        if (!isMetered) budget.Spend();
        return true;
    }

    private static void End(System.Diagnostics.Activity? span, ProviderFailure? failure) =>
        ReconcileTracing.End(span, failure is null ? "done" : "failed", failure?.Class.ToString());

    // What one name of an account was told holds for all of them.
    private void Learn(ProviderFailure? failure)
    {
        if (failure?.RetryAfter is { } wait && failure.IsTemporary) budget.Close(wait);
    }

    private static ProviderFailure Exhausted(TimeSpan wait) => new(
        FailureClass.Transient, "the account's budget of calls is spent",
        "Many names share this account, or the service asked for a pause; calls go on when the budget allows.")
        {
            RetryAfter = wait,
        };
}
