using SstpProtocol.Sstp;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Tests.Sstp.Messages;

public class ControlMessageTests
{
    [Fact]
    public void Gives_type_and_attributes_in_order()
    {
        Assert.True(ControlMessage.TryRead(Packets.Hex("10010012 00010002 F0010006 0001 00FF0004"), out var message));

        var seen = new List<(SstpAttributeId, string)>();
        foreach (var attribute in message.Attributes) seen.Add((attribute.Id, Convert.ToHexString(attribute.Value)));
        Assert.Equal(SstpMessageType.CallConnectRequest, message.Type);
        Assert.Equal(2, message.Attributes.Count);
        Assert.Equal([(SstpAttributeId.EncapsulatedProtocol, "0001"), ((SstpAttributeId)0xFF, "")], seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10010004")]
    [InlineData("10010007 000800")]
    // Attributes are announced that are not there, or are there and not announced.
    [InlineData("10010008 0008FFFF")]
    [InlineData("1001000C 00080000 00010004")]
    // An attribute shorter than its header, of zero length, past the end, cut within its header.
    [InlineData("1001000C 00010001 00010003")]
    [InlineData("1001000C 00010001 00010000")]
    [InlineData("1001000C 00010001 00010005")]
    [InlineData("1001000A 00010001 0001")]
    // One octet too many.
    [InlineData("1001000D 00010001 00010004 00")]
    public void Refuses_attributes_that_do_not_fill_the_packet_exactly(string packet)
    {
        Assert.False(ControlMessage.TryRead(Packets.Hex(packet), out _));
    }

    [Fact]
    public void Random_bytes_never_make_a_reader_throw()
    {
        var random = new Random(6);
        var read = 0;
        for (var run = 0; run < 200_000; run++)
        {
            var bytes = new byte[random.Next(80)];
            random.NextBytes(bytes);
            // Mostly plausible lengths, so that the readers behind the first check are reached.
            for (var i = 6; i < bytes.Length; i += 4) bytes[i] &= (byte)(random.Next(8) == 0 ? 0xFF : 0);
            if (bytes.Length > 7) bytes[7] &= 3;
            if (bytes.Length > 11) bytes[11] = (byte)(bytes.Length - 8);

            SstpHeader.TryRead(bytes, out _);
            if (!ControlMessage.TryRead(bytes, out var message)) continue;
            read++;
            CallConnectAck.TryRead(message, out _);
            CallConnected.Read(message, out _);
            StatusInfoAttribute.Find(message.Attributes);
            var nak = new CallConnectNakWriter(new byte[CallConnectNakWriter.MaxLength]);
            CallConnectRequest.Review(message, ref nak);
            nak.Finish();
        }

        Assert.True(read > 1_000, $"only {read} of the inputs got past the first reader");
    }
}
