using System.Net;
using System.Text;

namespace SstpClient.Connect;

/// <summary>Points the host's resolver at the tunnel's name servers, and puts back what was there.</summary>
/// <remarks>
/// Writes /etc/resolv.conf in place, since in containers and network namespaces it is a mount that cannot be replaced. What was
/// there is kept beside the process's state first, so that the next start can put it back after a kill -9.
/// </remarks>
public sealed class ResolverSetup(string resolvConf, string backup) : IDisposable
{
    private readonly List<IPAddress> _servers = [];
    private readonly List<string> _domains = [];
    private bool _changed;

    /// <summary>Puts back what a killed predecessor left changed.</summary>
    /// <returns>True when there was something to put back.</returns>
    public bool Recover()
    {
        if (!File.Exists(backup)) return false;
        Restore();
        return true;
    }

    /// <summary>Adds servers and suffixes; the first ones known are the first ones asked.</summary>
    /// <returns>What was done, for the user; null when nothing changed.</returns>
    public string? Apply(IReadOnlyList<IPAddress> servers, IReadOnlyList<string> domains)
    {
        var newServers = servers.Except(_servers).ToList();
        var newDomains = domains.Where(IsName).Except(_domains, StringComparer.OrdinalIgnoreCase).ToList();
        if (newServers.Count == 0 && newDomains.Count == 0) return null;

        _servers.AddRange(newServers);
        _domains.AddRange(newDomains);
        if (_servers.Count == 0) return null;
        if (!_changed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(backup)!);
            File.Copy(resolvConf, backup, overwrite: true);
            _changed = true;
        }

        var text = new StringBuilder("# by sstp-client for as long as it runs\n");
        foreach (var server in _servers.Take(3)) text.Append("nameserver ").Append(server).Append('\n'); // resolv.conf(5), MAXNS
        if (_domains.Count > 0) text.Append("search ").AppendJoin(' ', _domains.Take(6)).Append('\n');
        File.WriteAllText(resolvConf, text.ToString());
        return $"name servers {string.Join(", ", _servers)}"
            + (_domains.Count > 0 ? $", search {string.Join(' ', _domains)}" : "");
    }

    public void Dispose()
    {
        if (_changed) Restore();
    }

    // A server's suffix goes into a file that other programs read line by line.
    private static bool IsName(string domain) =>
        domain.Length is > 0 and <= 253 && domain.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private void Restore()
    {
        File.WriteAllBytes(resolvConf, File.ReadAllBytes(backup));
        File.Delete(backup);
        _changed = false;
    }
}
