namespace SstpProtocol.Ppp.Authentication;

/// <summary>What the client's end proves itself with.</summary>
/// <param name="UserName">Sent as UTF-8; "DOMAIN\user" and "user@realm" are sent as they are.</param>
public sealed record PeerCredentials(string UserName, string Password)
{
    // A record's ToString would print the password into the first log line that shows it.
    public override string ToString() => $"credentials of {UserName}";
}
