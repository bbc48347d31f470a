using System.Buffers.Binary;

namespace SstpProtocol.Sstp.Messages;

/// <summary>Status Info (MS-SSTP 2.2.8): 3 reserved octets, the attribute concerned,
/// the status, and in a NAK the refused value.</summary>
public readonly record struct StatusInfoAttribute(SstpAttributeId About, SstpStatus Status)
{
    /// <summary>Attribute header included, without a refused value.</summary>
    public const int MinLength = SstpAttribute.HeaderSize + MinValueLength;

    /// <summary>At most this much of a refused value is sent back.</summary>
    public const int MaxRefusedValueLength = 64;

    private const int AboutOffset = 3;
    private const int StatusOffset = 4;
    private const int MinValueLength = 8;

    /// <returns>False when the value is shorter than 8 octets; a refused value that follows is not looked at.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, out StatusInfoAttribute attribute)
    {
        attribute = default;
        if (value.Length < MinValueLength) return false;
        var status = BinaryPrimitives.ReadInt32BigEndian(value[StatusOffset..]);
        attribute = new StatusInfoAttribute((SstpAttributeId)value[AboutOffset], (SstpStatus)status);
        return true;
    }

    /// <summary>The first Status Info of a message that has a readable one; null when there is none.</summary>
    public static StatusInfoAttribute? Find(SstpAttributes attributes)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Id == SstpAttributeId.StatusInfo && TryRead(attribute.Value, out var statusInfo)) return statusInfo;
        }

        return null;
    }

    /// <param name="refusedValue">Cut to <see cref="MaxRefusedValueLength"/>.</param>
    /// <returns>Bytes written, attribute header included.</returns>
    internal int Write(Span<byte> destination, ReadOnlySpan<byte> refusedValue)
    {
        var refused = refusedValue[..Math.Min(refusedValue.Length, MaxRefusedValueLength)];
        var length = MinLength + refused.Length;

        destination[..length].Clear();
        SstpAttribute.WriteHeader(destination, SstpAttributeId.StatusInfo, length);
        destination[SstpAttribute.HeaderSize + AboutOffset] = (byte)About;
        BinaryPrimitives.WriteInt32BigEndian(destination[(SstpAttribute.HeaderSize + StatusOffset)..], (int)Status);
        refused.CopyTo(destination[MinLength..]);
        return length;
    }
}
