using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Operator.Dns.Peers;

/// <summary>The operators elsewhere for whom this one looks, from a file.</summary>
public sealed class PeerTokens(string file, ILogger logger)
{
    public const int MinLength = 16;

    private readonly Lock _gate = new();
    private DateTime _written = DateTime.MinValue;
    private string? _problem;
    private IReadOnlyList<(string Peer, byte[] Digest)> _tokens = [];

    /// <summary>Whose token it is; null when nobody's.</summary>
    public string? Find(string token)
    {
        // All are compared, by digest, so that the time says nothing.
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        string? found = null;
        foreach (var (peer, known) in Read())
            if (CryptographicOperations.FixedTimeEquals(digest, known)) found = peer;
        return found;
    }

    // Through the file itself: of a mounted Secret the name is a link that stays, and what it leads to changes.
    private DateTime Written()
    {
        using var handle = File.OpenHandle(file);
        return File.GetLastWriteTimeUtc(handle);
    }

    private IReadOnlyList<(string Peer, byte[] Digest)> Read()
    {
        lock (_gate)
        {
            try
            {
                var written = Written();
                if (written != _written)
                {
                    _tokens = [.. File.ReadLines(file)
                        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                        .Where(words => words is [not ['#', ..], { Length: >= MinLength }])
                        .Select(words => (words[0], SHA256.HashData(Encoding.UTF8.GetBytes(words[1]))))];
                    _written = written;
                }

                _problem = null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Once, and not for everybody who asks.
                if (e.Message != _problem) PeersLog.TokensUnreadable(logger, e.Message);
                _problem = e.Message;
            }

            return _tokens;
        }
    }
}
