using System.Globalization;
using System.Text;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Compares all that arrived with all that was sent.</summary>
public sealed class CaptureComparison
{
    private const int MostFaultsTold = 10;

    private readonly List<string> _faults = [];

    private CaptureComparison(int sent, long sentBytes, int arrived, long arrivedBytes) =>
        (Sent, SentBytes, Arrived, ArrivedBytes) = (sent, sentBytes, arrived, arrivedBytes);

    public int Sent { get; }

    public long SentBytes { get; }

    public int Arrived { get; }

    public long ArrivedBytes { get; }

    public int Flows { get; private set; }

    /// <summary>How many arrived that were several when they were sent.</summary>
    public int Joined { get; private set; }

    /// <summary>What arrived and was not sent, or not then, or not so.</summary>
    public int Faults { get; private set; }

    /// <param name="isForeign">What does not come from the other end: the gateway's own advertisements.</param>
    public static CaptureComparison Of(
        IReadOnlyList<ReadOnlyMemory<byte>> sent,
        IReadOnlyList<ReadOnlyMemory<byte>> arrived,
        ComparedAs comparedAs,
        Func<CapturedPacket, bool> isForeign)
    {
        var comparison = new CaptureComparison(sent.Count, BytesOf(sent), arrived.Count, BytesOf(arrived));
        var isForwarded = comparedAs == ComparedAs.Forwarded;
        var flows = sent.Select(packet => isForwarded ? WithoutTrailer(packet) : packet)
            .Select(packet => CapturedPacket.Read(packet, comparedAs, hops: isForwarded ? 1 : 0))
            .GroupBy(packet => packet.Flow)
            .ToDictionary(flow => flow.Key, flow => new FlowComparison([.. flow]));
        foreach (var packet in arrived.Select(packet => CapturedPacket.Read(packet, comparedAs))
            .Where(packet => !isForeign(packet)))
        {
            if (flows.TryGetValue(packet.Flow, out var flow) && flow.TryFind(packet)) continue;
            comparison.Faults++;
            if (comparison.Faults <= MostFaultsTold) comparison._faults.Add(packet.ToString());
        }

        comparison.Flows = flows.Count;
        comparison.Joined = flows.Values.Sum(flow => flow.Joined);
        return comparison;
    }

    private static long BytesOf(IReadOnlyList<ReadOnlyMemory<byte>> packets) => packets.Sum(packet => (long)packet.Length);

    /// <summary>A router cuts off what is behind the length that the header tells.</summary>
    private static ReadOnlyMemory<byte> WithoutTrailer(ReadOnlyMemory<byte> packet)
    {
        var length = packet.Span switch
        {
            [>= 0x40 and < 0x50, _, var high, var low, ..] => (high << 8) + low,
            [>= 0x60 and < 0x70, _, _, _, var high, var low, ..] => 40 + (high << 8) + low,
            _ => packet.Length,
        };
        return packet[..Math.Min(length, packet.Length)];
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"sent {Sent} ({SentBytes} bytes) in {Flows} flows, ");
        text.Append(CultureInfo.InvariantCulture, $"arrived {Arrived} ({ArrivedBytes} bytes), ");
        text.Append(CultureInfo.InvariantCulture, $"of them joined {Joined}, faults {Faults}");
        foreach (var fault in _faults) text.Append("\n  ").Append(fault);
        return text.ToString();
    }
}
