using System.Buffers;
using System.Buffers.Binary;

namespace SstpProtocol.Ppp;

/// <summary>Builds the options of a Configure packet.</summary>
internal sealed class OptionWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Clear() => _buffer.ResetWrittenCount();

    public void Add(ConfigureOption option) => _buffer.Write(option.Whole);

    /// <param name="data">At most 253 bytes.</param>
    public void Add(byte type, ReadOnlySpan<byte> data)
    {
        _buffer.Write([type, checked((byte)(ConfigureOption.HeaderSize + data.Length))]);
        _buffer.Write(data);
    }

    public void AddUInt16(byte type, ushort value)
    {
        Span<byte> data = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(data, value);
        Add(type, data);
    }

    public void AddUInt32(byte type, uint value)
    {
        Span<byte> data = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        Add(type, data);
    }

    public void AddUInt64(byte type, ulong value)
    {
        Span<byte> data = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(data, value);
        Add(type, data);
    }
}
