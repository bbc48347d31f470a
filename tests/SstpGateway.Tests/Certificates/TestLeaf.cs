using System.Security.Cryptography;

namespace SstpGateway.Tests.Certificates;

/// <summary>What a certificate of a test is like.</summary>
internal sealed record TestLeaf
{
    public const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    public const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    public IReadOnlyList<string> Names { get; init; } = [];
    public string CommonName { get; init; } = "leaf";
    public string Usage { get; init; } = ServerUsage;

    /// <summary>Null for ECDSA.</summary>
    public int? RsaBits { get; init; }

    public ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;
    /// <summary>Where its OCSP responder is; null for none.</summary>
    public string? OcspResponder { get; init; }

    public TimeSpan Begins { get; init; } = TimeSpan.FromDays(-1);
    public TimeSpan Ends { get; init; } = TimeSpan.FromDays(90);
}
