namespace Operator.Certificates.Acme.Wire;

/// <param name="Status">"deactivated": the authorization is given up (RFC 8555 section 7.5.2).</param>
internal sealed record AuthorizationUpdate(string Status);
