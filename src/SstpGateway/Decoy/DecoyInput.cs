using SstpProtocol;

namespace SstpGateway.Decoy;

/// <summary>The visitor's bytes: those that were read before the decoy was asked, then those of the stream.</summary>
internal sealed class DecoyInput
{
    private readonly Stream _stream;
    private readonly TimeProvider _clock;
    private byte[] _buffer;
    private int _start;
    private int _end;

    public DecoyInput(Stream stream, ReadOnlyMemory<byte> received, TimeProvider clock)
    {
        _stream = stream;
        _clock = clock;
        _buffer = new byte[Math.Max(received.Length, 2048)];
        received.CopyTo(_buffer);
        _end = received.Length;
    }

    /// <summary>Waits for a whole head.</summary>
    /// <param name="idle">How long to wait for its first byte.</param>
    /// <returns>No head and a fault when what came is no good; neither when the visitor closed or took too long.</returns>
    public async ValueTask<(RequestHead? Head, RequestFault Fault)> ReadHeadAsync(TimeSpan idle, CancellationToken stopping)
    {
        if (_start == _end && await FillAsync(idle, stopping).ConfigureAwait(false) == 0) return (null, RequestFault.None);

        // A head may not be drawn out: the time runs from its first byte.
        var begun = _clock.GetTimestamp();
        while (true)
        {
            var status = RequestHeadReader.TryRead(
                _buffer.AsSpan(_start, _end - _start), out var head, out var consumed, out var fault);
            if (status == ReadStatus.Malformed) return (null, fault);
            if (status == ReadStatus.Complete)
            {
                _start += consumed;
                return (head, RequestFault.None);
            }
            if (_end - _start > DecoyLimits.MaxHeadLength) return (null, RequestFault.FieldsTooLong);

            // Reading over again what has no new line in it could find nothing new, once the first line is there.
            var inFields = _buffer.AsSpan(_start, _end - _start).TrimStart("\r\n"u8).Contains((byte)'\n');
            int fresh;
            do
            {
                fresh = await FillAsync(DecoyLimits.ReadTimeout - _clock.GetElapsedTime(begun), stopping).ConfigureAwait(false);
                if (fresh == 0) return (null, RequestFault.None);
            }
            while (inFields && _end - _start <= DecoyLimits.MaxHeadLength
                && !_buffer.AsSpan(_end - fresh, fresh).Contains((byte)'\n'));
        }
    }

    /// <returns>How many bytes there were, up to the size of <paramref name="destination"/>;
    /// 0 when the visitor closed or took too long.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken stopping)
    {
        if (_start == _end && await FillAsync(DecoyLimits.ReadTimeout, stopping).ConfigureAwait(false) == 0) return 0;

        var count = Math.Min(_end - _start, destination.Length);
        _buffer.AsMemory(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    /// <summary>Reads up to the next line feed.</summary>
    /// <returns>The line without its end; null when the visitor closed,
    /// took too long, or the line is longer than <paramref name="maxLength"/>.</returns>
    public async ValueTask<string?> ReadLineAsync(int maxLength, CancellationToken stopping)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length > maxLength || (length < 0 && _end - _start > maxLength)) return null;
            if (length >= 0)
            {
                var line = System.Text.Encoding.Latin1.GetString(_buffer.AsSpan(_start, length).TrimEnd((byte)'\r'));
                _start += length + 1;
                return line;
            }
            if (await FillAsync(DecoyLimits.ReadTimeout, stopping).ConfigureAwait(false) == 0) return null;
        }
    }

    /// <summary>Throws away what still comes, until the visitor closes or is silent for a while.</summary>
    public async ValueTask LingerAsync(CancellationToken stopping)
    {
        // lingering_time of nginx: however long the visitor goes on.
        var most = TimeSpan.FromSeconds(30);
        var begun = _clock.GetTimestamp();
        do _start = _end = 0;
        while (_clock.GetElapsedTime(begun) < most
            && await FillAsync(DecoyLimits.LingerTimeout, stopping).ConfigureAwait(false) > 0);
    }

    /// <returns>How many bytes came; 0 when the visitor closed or took too long.</returns>
    private async ValueTask<int> FillAsync(TimeSpan timeout, CancellationToken stopping)
    {
        MakeRoom();
        if (timeout <= TimeSpan.Zero) return 0;

        using var late = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            var count = await _stream.ReadAsync(_buffer.AsMemory(_end), either.Token).ConfigureAwait(false);
            _end += count;
            return count;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return 0;
        }
    }

    private void MakeRoom()
    {
        if (_start == _end) _start = _end = 0;
        if (_end < _buffer.Length) return;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        else
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
