using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Operator.Dns.Sources;

/// <summary>The addresses of a network interface of this host.</summary>
public sealed class InterfaceAddressSource(string name, bool v4, bool v6, IReadOnlyList<IPNetwork> allowed) : IAddressSource
{
    public bool IsAuthoritative => false;

    public Task<SourceReading> ReadAsync(CancellationToken stopping) => Task.FromResult(Read());

    private SourceReading Read()
    {
        var devices = NetworkInterface.GetAllNetworkInterfaces();
        if (devices.FirstOrDefault(candidate => candidate.Name == name) is not { } device)
            return new SourceReading.Failed(
                $"there is no interface {name} on the operator's host; "
                + $"it has {string.Join(", ", devices.Select(other => other.Name).Order(StringComparer.Ordinal))}");

        var all = device.GetIPProperties().UnicastAddresses
            .Select(entry => entry.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork ? v4 : v6 && !address.IsIPv6LinkLocal)
            .ToArray();
        var usable = new AddressSet(all.Where(address => PublicAddress.Objection(address, allowed) is null));
        if (!usable.IsEmpty) return new SourceReading.Found(usable);

        var objections = all.Select(address => PublicAddress.Objection(address, allowed)).OfType<string>().ToArray();
        return objections.Length > 0
            ? new SourceReading.Unsure(
                "NotPublic",
                $"{string.Join("; ", objections)}. Name the network in spec.source.allowedRanges if it shall be published.")
            : new SourceReading.Failed($"{name} has no address of the wanted types");
    }
}
