using System.Net;
using SstpTransport.Nftables;

namespace SstpGateway.Forwarding;

/// <summary>Keeps the gateway's table in the kernel equal to its <see cref="FirewallRules"/> and the connected clients.</summary>
/// <remarks>
/// The table belongs to this object: others cannot change it, flushing the host's rules spares it, and it is gone
/// once this is disposed or the process has ended. Safe for use from several threads; a change takes about 0.2 ms.
/// </remarks>
public sealed class Firewall : IDisposable
{
    private readonly Lock _lock = new();
    private readonly NftablesContext _nftables;
    private readonly Dictionary<IPAddress, FirewallClient> _clients = [];
    private FirewallRules _rules;
    private bool _isApplied;

    private Firewall(NftablesContext nftables, FirewallRules rules)
    {
        _nftables = nftables;
        _rules = rules;
    }

    /// <summary>Loads the rules, before the first client comes.</summary>
    /// <exception cref="NftablesException">libnftables is missing, or the kernel refuses the rules.</exception>
    public static Firewall Open(FirewallRules rules)
    {
        var firewall = new Firewall(NftablesContext.Open(), rules);
        try
        {
            firewall.Load(rules);
            return firewall;
        }
        catch
        {
            firewall.Dispose();
            throw;
        }
    }

    /// <summary>Puts other rules in place of the present ones, for all connected clients at once;
    /// no packet sees neither.</summary>
    /// <exception cref="NftablesException">The kernel refuses them; the present ones stay.</exception>
    public void Apply(FirewallRules rules)
    {
        lock (_lock)
        {
            Load(rules);
            _rules = rules;
        }
    }

    /// <summary>Brings a client under the rules of its user and groups. Call it before its first packet is let through.</summary>
    /// <exception cref="NftablesException">The rules are not in force for the client; it must not be let through.</exception>
    public void AddClient(FirewallClient client)
    {
        lock (_lock)
        {
            // Two calls never have the same address, so an entry that is left over is out of date.
            if (_clients.TryGetValue(client.Address4, out var stale)) Remove(stale);
            Change(_rules.AddText(client), () => _clients[client.Address4] = client);
        }
    }

    /// <summary>Takes a client out again, before its addresses go to someone else;
    /// one that is not there is passed over.</summary>
    /// <exception cref="NftablesException">The client's addresses may still be in sets; they must not be used again.</exception>
    public void RemoveClient(FirewallClient client)
    {
        lock (_lock)
        {
            if (_clients.GetValueOrDefault(client.Address4) is { } present && present.Lease == client.Lease) Remove(present);
        }
    }

    public void Dispose()
    {
        lock (_lock) _nftables.Dispose();
    }

    private void Remove(FirewallClient client) => Change(_rules.RemoveText(client), () => _clients.Remove(client.Address4));

    private void Change(string commands, Action note)
    {
        if (commands.Length == 0)
        {
            note();
            return;
        }

        try
        {
            _nftables.Run(commands);
            note();
        }
        catch (NftablesException)
        {
            // The sets are not what they should be. Making the whole table anew, from what is known here, is always right.
            note();
            Load(_rules);
        }
    }

    private void Load(FirewallRules rules)
    {
        try
        {
            _nftables.Run(_isApplied ? rules.ReplaceText(_clients.Values) : rules.CreateText(_clients.Values));
        }
        catch (NftablesException) when (_isApplied)
        {
            // Either the rules are wrong, which this will say again, or the table has vanished.
            _nftables.Run(rules.CreateText(_clients.Values));
        }

        _isApplied = true;
    }
}
