namespace Operator.Tests.Certificates.SimulatedCa;

internal sealed class CaAuthorization(string id, CaAccount account, string name, string host, bool wildcard, string token)
{
    public string Id => id;

    public CaAccount Account => account;

    public string Name => name;

    public string Host => host;

    public bool Wildcard => wildcard;

    public string Token => token;

    public string Status { get; set; } = "pending";

    public DateTimeOffset ValidUntil { get; set; }
}
