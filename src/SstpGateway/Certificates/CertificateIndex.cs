namespace SstpGateway.Certificates;

/// <summary>Which certificate goes with which name. Never changes; a reload makes another one.</summary>
internal sealed class CertificateIndex
{
    private readonly Dictionary<string, ServerCertificate> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="certificates">At least one. Where two have the same name, the earlier one has it.</param>
    public CertificateIndex(IReadOnlyList<ServerCertificate> certificates)
    {
        Certificates = certificates;
        foreach (var certificate in certificates)
        {
            foreach (var name in certificate.Names) _byName.TryAdd(name, certificate);
        }
    }

    public IReadOnlyList<ServerCertificate> Certificates { get; }

    /// <summary>The one with that very name, else the one with a wildcard over it, else the first.</summary>
    public ServerCertificate Select(string? hostName)
    {
        if (string.IsNullOrEmpty(hostName)) return Certificates[0];
        if (_byName.TryGetValue(hostName, out var exact)) return exact;
        return CertificateNames.WildcardOver(hostName) is { } wildcard && _byName.TryGetValue(wildcard, out var covering)
            ? covering
            : Certificates[0];
    }
}
