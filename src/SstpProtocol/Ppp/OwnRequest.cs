namespace SstpProtocol.Ppp;

/// <summary>The Configure-Request sent last: what an answer must match to count (RFC 1661 5.2 to 5.4).</summary>
internal sealed class OwnRequest
{
    public byte[] Options { get; private set; } = [];
    public byte Identifier { get; private set; }

    /// <summary>False once an answer was taken: a second one, to a retransmission, says nothing new.</summary>
    public bool AwaitsAnswer { get; private set; }

    public void Replace(byte identifier, ReadOnlySpan<byte> options)
    {
        Identifier = identifier;
        Options = options.ToArray();
    }

    public void Sent() => AwaitsAnswer = true;

    public void Answered() => AwaitsAnswer = false;

    public bool IsAnsweredBy(ControlPacket packet) => AwaitsAnswer && packet.Identifier == Identifier;

    public bool Holds(byte type)
    {
        foreach (var option in new OptionReader(Options))
            if (option.Type == type) return true;
        return false;
    }
}
