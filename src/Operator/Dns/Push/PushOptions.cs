using System.Net;

namespace Operator.Dns.Push;

/// <summary>Where reports come in.</summary>
/// <param name="Address">Port 0 for any free one.</param>
/// <param name="CertificateFile">PEM, leaf first. Null with <paramref name="KeyFile"/>: plain HTTP, for behind something that ends TLS.</param>
/// <param name="KeyFile">PEM.</param>
public sealed record PushOptions(IPEndPoint Address, string? CertificateFile, string? KeyFile);
