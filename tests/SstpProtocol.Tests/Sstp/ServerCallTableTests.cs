using SstpProtocol.Sstp;

namespace SstpProtocol.Tests.Sstp;

public class ServerCallTableTests
{
    // MS-SSTP 3.3.5.2 and 3.1.1.1, transcribed message by message; the two echo cells of CallConnectedPending are lenient.
    private const string Table = """
        received          | ConnectRequestPending | CallConnectedPending | CallConnected | AbortPending | AbortTimeoutPending | DisconnectAckPending | DisconnectTimeoutPending
        ConnectRequest    | ack                   | abort                | abort         | ignore       | ignore              | ignore               | ignore
        BadConnectRequest | nak                   | abort                | abort         | ignore       | ignore              | ignore               | ignore
        CallConnected     | abort                 | connected            | abort         | ignore       | ignore              | ignore               | ignore
        EchoRequest       | abort                 | echo                 | echo          | ignore       | ignore              | ignore               | ignore
        EchoResponse      | abort                 | ignore               | ignore        | ignore       | ignore              | ignore               | ignore
        Abort             | abort1s               | abort1s              | abort1s       | wait1s       | ignore              | abort1s              | ignore
        MalformedAbort    | abort1s               | abort1s              | abort1s       | wait1s       | ignore              | abort1s              | ignore
        Disconnect        | dack                  | dack                 | dack          | ignore       | ignore              | dack                 | ignore
        DisconnectAck     | abort                 | abort                | abort         | ignore       | ignore              | close                | ignore
        ConnectAck        | abort                 | abort                | abort         | ignore       | ignore              | ignore               | ignore
        ConnectNak        | abort                 | abort                | abort         | ignore       | ignore              | ignore               | ignore
        UnknownType       | abort                 | abort                | abort         | ignore       | ignore              | ignore               | ignore
        Malformed         | abort                 | abort                | abort         | ignore       | ignore              | ignore               | ignore
        BrokenFraming     | close                 | close                | close         | close        | close               | close                | close
        (timer)           | abort                 | abort                | -             | close        | close               | close                | close
        (Disconnect)      | disconnect            | disconnect           | disconnect    | ignore       | ignore              | ignore               | ignore
        """;

    private static readonly Dictionary<string, byte[]> Received = new()
    {
        ["ConnectRequest"] = Packets.ConnectRequest,
        ["BadConnectRequest"] = Packets.Hex("1001000E 00010001 00010006 0002"),
        ["CallConnected"] = Packets.CallConnected(SstpHash.Sha256),
        ["EchoRequest"] = Packets.EchoRequest,
        ["EchoResponse"] = Packets.EchoResponse,
        ["Abort"] = Packets.Abort,
        ["MalformedAbort"] = Packets.Hex("10010008 0005FFFF"),
        ["Disconnect"] = Packets.Disconnect,
        ["DisconnectAck"] = Packets.DisconnectAck,
        ["ConnectAck"] = Packets.Ack(),
        ["ConnectNak"] = Packets.Nak,
        ["UnknownType"] = Packets.Hex("10010008 000A0000"),
        ["Malformed"] = Packets.Hex("10010008 00080001"),
        ["BrokenFraming"] = Packets.Hex("20010008 00080000"),
    };

    public static TheoryData<string, string, string, string, double?> Cells => StateTableData.From(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Does_what_the_specification_says(string what, string state, string sent, string stage, double? deadline)
    {
        var driver = ServerStates.In(state);

        StateTableData.Check(driver, what, Received, sent, stage, deadline);
    }
}
