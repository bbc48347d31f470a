using System.Net;
using System.Text.Json;
using GatewayConfig.Addressing;
using Microsoft.Extensions.Logging;
using SstpTransport.Linux;

namespace SstpGateway.Addressing;

/// <summary>Who had which address, on disk: a JSON object a line, the last one about an address counts.</summary>
/// <remarks>
/// Every change is appended at once, so it outlives the process being killed; <see cref="Flush"/>, called every second or
/// so, makes it outlive a power failure, and rewrites the file when most of its lines are out of date. A disk that fails
/// is logged and costs memory across restarts, never a call. Safe for use from several threads.
/// </remarks>
public sealed class LeaseFile : ILeaseMemory, IDisposable
{
    // Below this many lines the file is not worth rewriting.
    private const int MinLinesToRewrite = 1000;
    private const int MaxLineLength = 4096;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly TimeSpan _keepFor;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Dictionary<IPAddress, LeaseRecord> _last = [];
    private FileStream? _file;
    private int _lines;
    private bool _isDirty;
    private bool _hasFailed;

    /// <summary>The file that a configured path means: the default one is in the state folder, wherever that is.</summary>
    public static string Locate(string configured, string stateFolder) =>
        configured == AddressingConfig.DefaultLeaseFile ? Path.Combine(stateFolder, Path.GetFileName(configured)) : configured;

    private LeaseFile(string path, TimeSpan keepFor, TimeProvider clock, ILogger log)
    {
        _path = path;
        _keepFor = keepFor;
        _clock = clock;
        _log = log;
    }

    /// <summary>Reads the file, passing over what is damaged, and rewrites it with what still counts.</summary>
    /// <param name="keepFor">Records older than this are dropped.</param>
    public static LeaseFile Open(string path, TimeSpan keepFor, TimeProvider clock, ILogger log)
    {
        var file = new LeaseFile(path, keepFor, clock, log);
        lock (file._lock)
        {
            file.Guarded(file.Read);
            file.Guarded(file.Rewrite);
        }

        return file;
    }

    /// <summary>What the file says, in no particular order.</summary>
    public IReadOnlyList<LeaseRecord> Records
    {
        get
        {
            lock (_lock) return [.. _last.Values];
        }
    }

    public void Append(LeaseRecord record)
    {
        lock (_lock)
        {
            _last[record.Address] = record;
            Guarded(() =>
            {
                // After a failure the file may end in half a line, or lack some: Flush makes it anew.
                if (_file is null) return;
                _file.Write(LineOf(record));
                _lines++;
                _isDirty = true;
            });
        }
    }

    /// <summary>Brings what was appended safely to disk.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            Guarded(() =>
            {
                if (_file is null || _lines > MinLinesToRewrite + (2 * _last.Count)) Rewrite();
                else if (_isDirty) _file.Flush(flushToDisk: true);
                _isDirty = false;
                _hasFailed = false;
            });
        }
    }

    public void Dispose()
    {
        Flush();
        lock (_lock) _file?.Dispose();
    }

    private static byte[] LineOf(LeaseRecord record) =>
    [
        .. JsonSerializer.SerializeToUtf8Bytes(
            new LeaseLine(record.Address.ToString(), record.User, record.Until), LeaseLineJson.Default.LeaseLine),
        (byte)'\n',
    ];

    private static bool TryParse(string line, out LeaseRecord? record)
    {
        record = null;
        if (line.Length > MaxLineLength) return false;

        try
        {
            if (JsonSerializer.Deserialize(line, LeaseLineJson.Default.LeaseLine) is not { User: { } user } parsed) return false;
            if (!IPAddress.TryParse(parsed.Address, out var address)) return false;
            record = new LeaseRecord(address, user, parsed.Until);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Read()
    {
        if (!File.Exists(_path)) return;

        var damaged = 0;
        foreach (var line in File.ReadLines(_path))
        {
            if (TryParse(line, out var record)) _last[record!.Address] = record;
            else damaged++;
        }

        if (damaged > 0) AddressingLog.DamagedLines(_log, _path, damaged, _last.Count);
    }

    private void Rewrite()
    {
        var oldest = _clock.GetUtcNow() - _keepFor;
        foreach (var record in _last.Values.Where(record => record.Until < oldest).ToList()) _last.Remove(record.Address);

        _file?.Dispose();
        _file = null;
        DurableFile.Replace(_path, stream =>
        {
            foreach (var record in _last.Values) stream.Write(LineOf(record));
        });
        _lines = _last.Count;
        // Without a buffer: closing must have nothing to write, for on a full disk that would fail, too.
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
            if (!_hasFailed) AddressingLog.FileFailed(_log, _path, error.Message.TrimEnd('.'));
            _hasFailed = true;
        }
    }
}
