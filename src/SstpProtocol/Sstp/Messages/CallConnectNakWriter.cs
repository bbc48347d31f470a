namespace SstpProtocol.Sstp.Messages;

/// <summary>Builds SSTP_MSG_CALL_CONNECT_NAK (MS-SSTP 2.2.12), one Status Info for each refused attribute.</summary>
/// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
public ref struct CallConnectNakWriter(Span<byte> destination)
{
    /// <summary>Refusals that are listed. A client mends nothing faster for a longer list,
    /// and a hostile one must not get one.</summary>
    public const int MaxRefusals = 8;

    public const int MaxLength = ControlMessage.HeaderSize
        + (MaxRefusals * (StatusInfoAttribute.MinLength + StatusInfoAttribute.MaxRefusedValueLength));

    private readonly Span<byte> _destination = destination;
    private int _length = ControlMessage.HeaderSize;

    /// <summary>Refusals listed so far, 0 to <see cref="MaxRefusals"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a refusal; those past <see cref="MaxRefusals"/> are left out.</summary>
    public void Refuse(SstpAttributeId about, SstpStatus status, ReadOnlySpan<byte> value)
    {
        if (Count == MaxRefusals) return;
        _length += new StatusInfoAttribute(about, status).Write(_destination[_length..], value);
        Count++;
    }

    /// <returns>The finished packet.</returns>
    public readonly ReadOnlySpan<byte> Finish()
    {
        ControlMessage.WriteHeader(_destination, SstpMessageType.CallConnectNak, Count, _length);
        return _destination[.._length];
    }
}
