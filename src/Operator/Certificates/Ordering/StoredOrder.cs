namespace Operator.Certificates.Ordering;

/// <summary>An order under way and the key it is for.</summary>
internal sealed record StoredOrder(OrderProgress Progress, string KeyPem)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"order {Progress.Order}";
}
