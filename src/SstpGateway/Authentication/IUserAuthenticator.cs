using System.Net;
using SstpProtocol.Ppp.Authentication;

namespace SstpGateway.Authentication;

/// <summary>Whoever knows the users: local ones, later RADIUS.</summary>
public interface IUserAuthenticator
{
    /// <param name="source">Where the call comes from.</param>
    /// <returns>Always a verdict; exceptions are for a world that failed,
    /// and the peer is then refused without a reason.</returns>
    ValueTask<AuthenticationResult> AuthenticateAsync(Credentials credentials, IPAddress source, CancellationToken stopping);
}
