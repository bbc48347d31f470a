using System.Diagnostics.CodeAnalysis;
using GatewayConfig.Channel;
using Microsoft.Extensions.Logging;
using SstpTransport.Linux;

namespace SstpGateway.Challenges;

/// <summary>The revocation lists that the gateway serves; kept on disk, for clients ask for them before they call.
/// Safe for use from several threads.</summary>
public sealed class RevocationLists
{
    /// <summary>Lists at most: one for each CA that a site has.</summary>
    public const int Capacity = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly Dictionary<string, byte[]> _lists = [];

    /// <summary>Reads what was published earlier.</summary>
    /// <param name="stateFolder">Need not be there yet.</param>
    public RevocationLists(string stateFolder, ILogger logger)
    {
        _folder = Path.Combine(stateFolder, "crls");
        _logger = logger;
        if (Guarded(Read) is { } problem) ChallengeLog.ListsUnreadable(logger, _folder, problem);
    }

    /// <returns>Names and digests.</returns>
    public IReadOnlyDictionary<string, string> Digests
    {
        get
        {
            lock (_gate) return _lists.ToDictionary(list => list.Key, list => ContentDigest.Of(list.Value));
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _lists.Count == 0;
        }
    }

    public bool TryFind(string name, [NotNullWhen(true)] out byte[]? list)
    {
        lock (_gate) return _lists.TryGetValue(name, out list);
    }

    /// <summary>Serves a list from now on.</summary>
    /// <param name="problem">Why it will not be there after a restart; null when it will.</param>
    /// <returns>False when there are too many.</returns>
    public bool TryPublish(string name, byte[] list, out string? problem)
    {
        lock (_gate)
        {
            problem = null;
            if (!_lists.ContainsKey(name) && _lists.Count >= Capacity) return false;

            var isNew = !_lists.TryGetValue(name, out var before) || !before.AsSpan().SequenceEqual(list);
            _lists[name] = list;
            problem = Guarded(() =>
            {
                if (!isNew && File.Exists(FileOf(name))) return;
                Directory.CreateDirectory(_folder, OwnerOnly);
                DurableFile.Replace(FileOf(name), stream => stream.Write(list));
            });
            if (problem is not null) ChallengeLog.ListNotKept(_logger, name, problem);
            if (isNew) ChallengeLog.ListPublished(_logger, name, list.Length);
            return true;
        }
    }

    public void Withdraw(string name)
    {
        lock (_gate)
        {
            if (!_lists.Remove(name)) return;
            if (Guarded(() => File.Delete(FileOf(name))) is { } problem) ChallengeLog.ListNotKept(_logger, name, problem);
            ChallengeLog.ListWithdrawn(_logger, name);
        }
    }

    private void Read()
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var path in Directory.EnumerateFiles(_folder)
            .Where(path => RevocationListPath.IsName(Path.GetFileName(path)) && !path.EndsWith(".new", StringComparison.Ordinal))
            .Take(Capacity))
            _lists[Path.GetFileName(path)] = File.ReadAllBytes(path);
    }

    private string FileOf(string name) => Path.Combine(_folder, name);

    private static string? Guarded(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
