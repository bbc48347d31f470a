using SstpProtocol.Sstp;

namespace SstpProtocol.Tests.Sstp;

/// <summary>
/// Reads and checks a table of what each event does in each state: the first row names the states, the first column the
/// events, the cells are short forms so that the table stays readable beside the specification.
/// </summary>
internal static class StateTableData
{
    // What is sent, the stage afterwards, seconds to the next deadline. "same": neither stage nor deadline changes.
    private static readonly Dictionary<string, (string Sent, string Stage, double? Deadline)> Cells = new()
    {
        ["ack"] = ("CallConnectAck", "CallConnectedPending", 60),
        ["nak"] = ("CallConnectNak", "same", null),
        ["retry"] = ("CallConnectRequest", "ConnectRequestPending", 60),
        ["ppp"] = ("", "CallConnectedPending", 60),
        ["connected"] = ("", "CallConnected", 60),
        ["abort"] = ("CallAbort", "Ending", 3),
        ["abort1s"] = ("CallAbort", "Ending", 1),
        ["wait1s"] = ("", "Ending", 1),
        ["dack"] = ("CallDisconnectAck", "Ending", 1),
        ["disconnect"] = ("CallDisconnect", "Ending", 5),
        ["echo"] = ("EchoResponse", "same", null),
        ["ignore"] = ("", "same", null),
        ["close"] = ("", "Closed", null),
    };

    public static TheoryData<string, string, string, string, double?> From(string table)
    {
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        var data = new TheoryData<string, string, string, string, double?>();
        foreach (var row in rows[1..])
        {
            for (var column = 1; column < rows[0].Length; column++)
            {
                if (row[column] == "-") continue;
                var (sent, stage, deadline) = Cells[row[column]];
                data.Add(row[0], rows[0][column], sent, stage, deadline);
            }
        }

        return data;
    }

    public static void Check<TCall>(
        CallDriver<TCall> driver, string what, Dictionary<string, byte[]> received, string sent, string stage, double? deadline)
        where TCall : SstpCall
    {
        // Time passes first, so that a deadline that is set anew differs from one that is left alone.
        const double Pause = 0.25;
        driver.Wait(Pause);
        var stageBefore = driver.Call.Stage;
        var secondsBefore = driver.SecondsLeft;
        var wasConnected = stageBefore == CallStage.CallConnected;

        if (what == "(timer)") driver.Wait(secondsBefore!.Value);
        else if (what == "(Disconnect)") driver.Do((call, now) => call.Disconnect(now));
        else driver.Receive(received[what]);

        Assert.Equal(sent, string.Join(',', driver.SentTypes));
        Assert.Equal(stage == "same" ? stageBefore.ToString() : stage, driver.Call.Stage.ToString());
        // In the connected state every packet restarts the hello timer, even one that changes nothing.
        Assert.Equal(stage == "same" ? (wasConnected ? 60 : secondsBefore) : deadline, driver.SecondsLeft);
    }
}
