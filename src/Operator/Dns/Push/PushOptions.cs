using System.Net;
using Operator.Dns.Peers;

namespace Operator.Dns.Push;

/// <summary>Where reports come in.</summary>
/// <param name="Address">Port 0 for any free one.</param>
/// <param name="CertificateFile">PEM, leaf first. Null with <paramref name="KeyFile"/>:
/// plain HTTP, for behind something that ends TLS.</param>
/// <param name="KeyFile">PEM.</param>
/// <param name="Peers">For whom this operator looks at names, at the same endpoint; null: for nobody.</param>
public sealed record PushOptions(IPEndPoint Address, string? CertificateFile, string? KeyFile, PeerOptions? Peers = null);
