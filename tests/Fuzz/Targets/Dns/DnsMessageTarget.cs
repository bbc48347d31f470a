using DnsProtocol;
using DnsProtocol.Tsig;
using Fuzz.Engine;

namespace Fuzz.Targets.Dns;

/// <summary>What a zone's own server, or whoever answers in its place, says to the operator.</summary>
internal sealed class DnsMessageTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private readonly SignedRequest _request = SignedRequest.Sign(
        new DnsMessageWriter(0x1234, DnsFlags.Update).ToArray(),
        new TsigKey("key.example", TsigAlgorithm.HmacSha256, new byte[32]),
        Now);

    public override string Name => "dns-message";

    public override IReadOnlyList<Type> Readers => [typeof(DnsMessage), typeof(SoaData), typeof(TsigRecord), typeof(DnsName)];

    public override int MaxLength => 1400;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!DnsMessage.TryRead(input, out var message)) return false;

        foreach (var record in message.Records)
        {
            Oracle.Holds(record.DataOffset + record.DataLength <= input.Length, "data outside the message");
            Oracle.Holds(message.OwnerOf(record).Length > 0, "a record of nobody");
            if (message.TryReadName(record, out var name)) Oracle.Holds(name.Length > 0, "an empty name");
            if (message.TryReadText(record, out var text))
                Oracle.Holds(text.Length <= record.DataLength, "a text longer than its data");
            if (message.TryReadAddress(record, out var address))
                Oracle.Holds(address.GetAddressBytes().Length == record.DataLength, "half an address");
            if (message.TryReadSoa(record, out var soa)) Oracle.Holds(soa.Primary.Length > 0, "a zone without a primary");
        }

        var verdict = _request.Judge(message, Now, out var signature);
        Oracle.Holds(verdict != TsigVerdict.Verified, "a signature that nobody made");
        return signature is not null || message.Records.Length > 0;
    }
}
