using System.Security.Cryptography.X509Certificates;

namespace KubectlSstp.Cluster;

/// <summary>The root of a private authority, as the cluster publishes it.</summary>
/// <param name="Where">The object that it was found in.</param>
/// <param name="Pem">As it stands there.</param>
internal sealed record PublishedRoot(string Where, string Pem, IReadOnlyList<X509Certificate2> Certificates);
