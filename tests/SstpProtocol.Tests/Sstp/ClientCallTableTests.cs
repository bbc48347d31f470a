namespace SstpProtocol.Tests.Sstp;

public class ClientCallTableTests
{
    // MS-SSTP 3.2.5.3 and 3.1.1.1, transcribed message by message; the two echo cells of ConnectAckReceived are lenient.
    private const string Table = """
        received       | ConnectRequestSent | ConnectAckReceived | CallConnected | AbortPending | AbortTimeoutPending | DisconnectAckPending | DisconnectTimeoutPending
        ConnectAck     | ppp                | abort              | abort         | ignore       | ignore              | ignore               | ignore
        BadConnectAck  | abort              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        ConnectNak     | retry              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        EchoRequest    | abort              | echo               | echo          | ignore       | ignore              | ignore               | ignore
        EchoResponse   | abort              | ignore             | ignore        | ignore       | ignore              | ignore               | ignore
        Abort          | abort1s            | abort1s            | abort1s       | wait1s       | ignore              | abort1s              | ignore
        MalformedAbort | abort1s            | abort1s            | abort1s       | wait1s       | ignore              | abort1s              | ignore
        Disconnect     | dack               | dack               | dack          | ignore       | ignore              | dack                 | ignore
        DisconnectAck  | abort              | abort              | abort         | ignore       | ignore              | close                | ignore
        ConnectRequest | abort              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        CallConnected  | abort              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        UnknownType    | abort              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        Malformed      | abort              | abort              | abort         | ignore       | ignore              | ignore               | ignore
        BrokenFraming  | close              | close              | close         | close        | close               | close                | close
        (timer)        | abort              | abort              | -             | close        | close               | close                | close
        (Disconnect)   | disconnect         | disconnect         | disconnect    | ignore       | ignore              | ignore               | ignore
        """;

    private static readonly Dictionary<string, byte[]> Received = new()
    {
        ["ConnectAck"] = Packets.Ack(),
        ["BadConnectAck"] = Packets.Hex("10010008 00020000"),
        ["ConnectNak"] = Packets.Nak,
        ["EchoRequest"] = Packets.EchoRequest,
        ["EchoResponse"] = Packets.EchoResponse,
        ["Abort"] = Packets.Abort,
        ["MalformedAbort"] = Packets.Hex("10010008 0005FFFF"),
        ["Disconnect"] = Packets.Disconnect,
        ["DisconnectAck"] = Packets.DisconnectAck,
        ["ConnectRequest"] = Packets.ConnectRequest,
        ["CallConnected"] = Packets.CallConnected(SstpProtocol.Sstp.SstpHash.Sha1),
        ["UnknownType"] = Packets.Hex("10010008 FFFF0000"),
        ["Malformed"] = Packets.Hex("1001000C 00080000 00000000"),
        ["BrokenFraming"] = Packets.Hex("10010003"),
    };

    public static TheoryData<string, string, string, string, double?> Cells => StateTableData.From(Table);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Does_what_the_specification_says(string what, string state, string sent, string stage, double? deadline)
    {
        var driver = ClientStates.In(state);

        StateTableData.Check(driver, what, Received, sent, stage, deadline);
    }
}
