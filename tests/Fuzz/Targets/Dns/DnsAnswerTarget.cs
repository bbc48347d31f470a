using DnsProtocol;
using Fuzz.Engine;
using SstpGateway.Dns.Messages;

namespace Fuzz.Targets.Dns;

/// <summary>What a name server says, or whoever pretends to be one.</summary>
internal sealed class DnsAnswerTarget : FuzzTarget
{
    private static readonly byte[] AskedName = [3, .. "www"u8, 4, .. "corp"u8, 7, .. "example"u8, 0];

    private readonly UpstreamQuery _asked;
    private readonly DnsQuery _client;

    public DnsAnswerTarget()
    {
        var key = new AnswerKey(DnsName.ToKey(AskedName), Type: 1, DnssecOk: false, CheckingDisabled: false);
        _asked = new UpstreamQuery(0x1234, AskedName, key, WithEdns: true);
        _client = new DnsQuery(1, DnsFlags.RecursionDesired, (byte[])[.. AskedName, 0, 1, 0, 1], key, Edns: null);
    }

    public override string Name => "dns-answer";

    public override IReadOnlyList<Type> Readers =>
        [
            typeof(DnsAnswer), typeof(AnswerLifetime), typeof(DnsHeader),
            typeof(DnsQuestion), typeof(DnsName), typeof(DnsRecordWalker),
        ];

    public override int MaxLength => 1400;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var verdict = DnsAnswer.Read(input, _asked, out var answer);
        Oracle.Holds(verdict != AnswerVerdict.Answered || answer is not null, "an answer without an answer");
        if (answer is null) return false;

        Oracle.Holds(answer.Message.Length <= input.Length, "keeps more than came");
        Oracle.Holds(
            answer.Lifetime >= TimeSpan.Zero && answer.Lifetime <= TimeSpan.FromSeconds(AnswerLifetime.MaxPositive),
            "a lifetime outside the limits");
        var last = DnsHeader.Size - 1;
        foreach (var offset in answer.TtlOffsets)
        {
            Oracle.Holds(offset > last && offset + 4 <= answer.Message.Length, "a TTL outside the message");
            last = offset;
        }

        var written = ClientAnswer.Write(_client, answer, TimeSpan.FromSeconds(10), ClientAnswer.MaxTcpLength);
        Oracle.Holds(
            DnsHeader.TryRead(written, out var header) && header.IsResponse && header.Id == _client.Id, "an answer that is none");
        return verdict == AnswerVerdict.Answered;
    }
}
