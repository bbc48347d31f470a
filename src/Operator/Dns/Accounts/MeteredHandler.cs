namespace Operator.Dns.Accounts;

/// <summary>Charges every request to the account's budget.</summary>
public sealed class MeteredHandler(HttpMessageHandler inner, AccountBudget budget) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        budget.Spend();
        return base.SendAsync(request, cancellationToken);
    }
}
