using DnsProtocol;
using Fuzz.Engine;
using SstpGateway.Dns.Messages;

namespace Fuzz.Targets.Dns;

/// <summary>What a tunnel's client asks the forwarder.</summary>
internal sealed class DnsQueryTarget : FuzzTarget
{
    public override string Name => "dns-query";

    public override IReadOnlyList<Type> Readers =>
        [typeof(DnsQuery), typeof(DnsHeader), typeof(DnsQuestion), typeof(DnsName), typeof(DnsRecordWalker)];

    public override int MaxLength => 1400;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var verdict = DnsQuery.Read(input, out var query);
        Oracle.Holds(
            verdict == QueryVerdict.Ignore == query is null, "a query that is to be ignored, or none that is to be answered");
        if (query is null) return false;

        Oracle.Holds(query.Question.Length <= DnsName.MaxLength + 4, "a question longer than a question can be");
        Oracle.Holds(query.UdpLimit is >= Edns.MinPayloadSize and <= Edns.OwnPayloadSize, "a limit outside the limits");
        var answer = ClientAnswer.Write(query, DnsResponseCode.ServerFailure);
        Oracle.Holds(answer.Length <= input.Length + Edns.Size, "an answer that amplifies");
        Oracle.Holds(
            DnsHeader.TryRead(answer, out var header) && header.IsResponse && header.Id == query.Id, "an answer that is none");
        if (verdict != QueryVerdict.Resolve) return false;

        Oracle.Holds(query.Key.Name is { Length: > 0 and <= DnsName.MaxLength }, "a key that is none");
        return true;
    }
}
