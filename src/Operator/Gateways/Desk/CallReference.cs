namespace Operator.Gateways.Desk;

/// <summary>One call, so that no other can be mistaken for it: numbers begin again when a gateway restarts.</summary>
/// <param name="Gateway">The pod.</param>
/// <param name="Id">Its number there.</param>
/// <param name="User">Whose call it has to be.</param>
/// <param name="Since">When it has to have begun.</param>
public sealed record CallReference(string Gateway, long Id, string User, DateTimeOffset Since);
