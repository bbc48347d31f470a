using System.Security.Cryptography.X509Certificates;

namespace Operator.Tests.Certificates.SimulatedCa;

internal sealed class CaOrder(
    string id, CaAccount account, string[] names, string profile, CaCertificate? replaced, DateTimeOffset expires)
{
    public string Id => id;

    public CaAccount Account => account;

    public string[] Names => names;

    public string Profile => profile;

    public CaCertificate? Replaced => replaced;

    public DateTimeOffset Expires => expires;

    public string Status { get; set; } = "pending";

    public List<CaAuthorization> Authorizations { get; } = [];

    public PublicKey? PublicKey { get; set; }

    public DateTimeOffset DoneAt { get; set; }

    public string? Certificate { get; set; }
}
