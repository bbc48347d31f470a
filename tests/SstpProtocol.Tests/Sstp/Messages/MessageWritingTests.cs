using SstpProtocol.Sstp;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Tests.Sstp.Messages;

public class MessageWritingTests
{
    // Buffers come back from a pool with old content; no reserved field may leak it.
    private readonly byte[] _buffer = [.. Enumerable.Repeat((byte)0xEE, 128)];

    [Fact]
    public void Writes_call_connect_ack()
    {
        CallConnectAck.Write(_buffer, SstpHash.Sha1 | SstpHash.Sha256, new ScriptedNonce().Octets);

        Assert.Equal(Packets.Ack(), _buffer[..CallConnectAck.Length]);
    }

    [Fact]
    public void Writes_call_abort()
    {
        CallAbort.Write(_buffer, new StatusInfoAttribute(SstpAttributeId.StatusInfo, SstpStatus.InvalidFrameReceived));

        Assert.Equal(Packets.Abort, _buffer[..CallAbort.Length]);
    }

    [Fact]
    public void Writes_call_disconnect()
    {
        CallDisconnect.Write(_buffer);

        Assert.Equal(Packets.Disconnect, _buffer[..CallDisconnect.Length]);
    }

    [Theory]
    [InlineData(SstpMessageType.CallDisconnectAck, "10010008 00070000")]
    [InlineData(SstpMessageType.EchoRequest, "10010008 00080000")]
    [InlineData(SstpMessageType.EchoResponse, "10010008 00090000")]
    public void Writes_messages_without_attributes(SstpMessageType type, string expected)
    {
        AttributelessMessage.Write(_buffer, type);

        Assert.Equal(Packets.Hex(expected), _buffer[..AttributelessMessage.Length]);
    }

    [Fact]
    public void Cuts_a_refused_value_to_sixty_four_octets()
    {
        var nak = new CallConnectNakWriter(new byte[CallConnectNakWriter.MaxLength]);

        nak.Refuse(SstpAttributeId.EncapsulatedProtocol, SstpStatus.InvalidAttributeValueLength, new byte[65]);

        Assert.Equal(8 + 12 + 64, nak.Finish().Length);
    }
}
