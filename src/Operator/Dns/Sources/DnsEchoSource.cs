using System.Net;
using System.Net.Sockets;
using DnsProtocol;
using Operator.Dns.Resolving;
using Operator.Resources.DdnsRecords;

namespace Operator.Dns.Sources;

/// <summary>DNS servers that answer with the address that they see, over the family they are asked over.</summary>
public sealed class DnsEchoSource(
    IReadOnlyList<DnsEchoQuestion> questions, int quorum, DnsExchange exchange, bool v4, bool v6,
    IReadOnlyList<IPNetwork> allowed, Func<AddressSet> published) : IAddressSource
{
    public bool IsAuthoritative => false;

    public async Task<SourceReading> ReadAsync(CancellationToken stopping)
    {
        var four = v4 ? ReadAsync(AddressFamily.InterNetwork, stopping) : null;
        var six = v6 ? ReadAsync(AddressFamily.InterNetworkV6, stopping) : null;
        return FamilyJoin.Join(four is null ? null : await four, six is null ? null : await six, published());
    }

    private async Task<SourceReading> ReadAsync(AddressFamily family, CancellationToken stopping)
    {
        var asked = questions.Where(question => question.Server.AddressFamily == family).ToArray();
        return asked.Length == 0
            ? new SourceReading.Failed("no server of this family is asked")
            : Consensus.Of(await Task.WhenAll(asked.Select(question => AskAsync(question, family, stopping))), quorum, allowed);
    }

    private async Task<Vote> AskAsync(DnsEchoQuestion question, AddressFamily family, CancellationToken stopping)
    {
        var addressType = family == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;
        var type = question.Type == DnsEchoType.Txt ? DnsRecordType.Txt : addressType;
        var (reply, failure) = await exchange.AskAsync(
            question.Server, question.Name, type, recursive: true, stopping,
            question.Class == DnsEchoClass.CH ? DnsQuestion.Chaos : DnsQuestion.Internet);
        if (reply is null) return new Vote(question.Server.ToString(), null, failure);

        var records = reply.In(DnsSection.Answer).Where(record => record.Type == type).ToArray();
        if (records.Length != 1)
            return new Vote(
                question.Server.ToString(), null, $"{records.Length} records where one was due ({reply.ResponseCode})");
        if (reply.TryReadAddress(records[0], out var address)) return new Vote(question.Server.ToString(), address);
        return reply.TryReadText(records[0], out var text) && EchoAnswer.TryRead(text, family, out address)
            ? new Vote(question.Server.ToString(), address)
            : new Vote(question.Server.ToString(), null, "the answer is no address of this family");
    }
}
