using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Tests.Sstp.Messages;

public class CallConnectRequestTests
{
    [Fact]
    public void Is_written_as_the_fourteen_bytes_of_the_specification()
    {
        var packet = new byte[CallConnectRequest.Length];

        CallConnectRequest.Write(packet);

        Assert.Equal(Packets.ConnectRequest, packet);
    }

    [Theory]
    // A wrong protocol, sent back with its value.
    [InlineData("1001000E 00010001 00010006 0002", "00000001 00000004 0002")]
    // No attribute at all.
    [InlineData("10010008 00010000", "00000002 0000000A")]
    // Encapsulated Protocol twice.
    [InlineData("10010014 00010002 00010006 0001 00010006 0001", "00000001 00000001 0001")]
    // An unknown attribute beside the right one.
    [InlineData("10010014 00010002 00010006 0001 00770006 ABCD", "00000077 00000002 ABCD")]
    // The number that means "no error" is no attribute.
    [InlineData("10010012 00010002 00010006 0001 00000004", "00000000 00000002")]
    // A protocol of three octets.
    [InlineData("1001000F 00010001 00010007 000100", "00000001 00000003 000100")]
    // A protocol without a value.
    [InlineData("1001000C 00010001 00010004", "00000001 00000003")]
    // Status Info with an error.
    [InlineData("1001001A 00010002 00010006 0001 0002000C 00000001 00000004", "00000002 0000000B 0000000100000004")]
    // Status Info that is too short.
    [InlineData("10010012 00010002 00010006 0001 00020004", "00000002 00000003")]
    // Known attributes of other messages.
    [InlineData("10010016 00010003 00010006 0001 00030004 00040004", "00000003 00000009|00000004 00000009")]
    public void Is_refused_with_one_status_for_each_bad_attribute(string packet, string statuses)
    {
        Assert.True(ControlMessage.TryRead(Packets.Hex(packet), out var message));
        var nak = new CallConnectNakWriter(new byte[CallConnectNakWriter.MaxLength]);

        CallConnectRequest.Review(message, ref nak);

        var attributes = statuses.Split('|').Select(Packets.Hex)
            .Select(value => (byte[])[0, 2, 0, (byte)(value.Length + 4), .. value]).ToList();
        byte[] body = [.. attributes.SelectMany(attribute => attribute)];
        byte[] expected = [0x10, 1, 0, (byte)(8 + body.Length), 0, 3, 0, (byte)attributes.Count, .. body];
        Assert.Equal(expected, nak.Finish().ToArray());
    }

    [Theory]
    [InlineData("1001000E 00010001 00010006 0001")]
    // Status Info that says "no error" is harmless.
    [InlineData("1001001A 00010002 00010006 0001 0002000C 00000000 00000000")]
    public void Is_acceptable_with_ppp_and_nothing_that_objects(string packet)
    {
        Assert.True(ControlMessage.TryRead(Packets.Hex(packet), out var message));
        var nak = new CallConnectNakWriter(new byte[CallConnectNakWriter.MaxLength]);

        CallConnectRequest.Review(message, ref nak);

        Assert.Equal(0, nak.Count);
    }

    [Fact]
    public void Gets_no_more_than_eight_refusals_however_many_attributes_are_bad()
    {
        byte[] packet =
        [
            .. Packets.Hex("10010FFC 000103FD"), .. Enumerable.Repeat(Packets.Hex("00770004"), 0x3FD).SelectMany(a => a),
        ];
        Assert.True(ControlMessage.TryRead(packet, out var message));
        var nak = new CallConnectNakWriter(new byte[CallConnectNakWriter.MaxLength]);

        CallConnectRequest.Review(message, ref nak);

        Assert.Equal(8 + (8 * 12), nak.Finish().Length);
    }
}
