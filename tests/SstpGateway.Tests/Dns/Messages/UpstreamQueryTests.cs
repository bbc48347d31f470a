using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

public sealed class UpstreamQueryTests
{
    private static readonly AnswerKey Key = new(DnsName.ToKey(WireText.Name("www.example")), RecordText.Aaaa, true, true);

    [Fact]
    public void Asks_for_recursion_with_our_own_edns_and_the_clients_do_and_cd()
    {
        var message = Written(UpstreamQuery.Create(Key, withEdns: true, mixCase: false, Randomness(0)));

        Assert.Equal(
            WireText.Query("www.example", RecordText.Aaaa, 0, 0x0110, edns: RecordText.Edns(1232, ttl: 0x8000)), message);
    }

    [Fact]
    public void Can_do_without_edns()
    {
        var message = Written(UpstreamQuery.Create(Key, withEdns: false, mixCase: false, Randomness(0)));

        Assert.Equal(WireText.Query("www.example", RecordText.Aaaa, 0, 0x0110), message);
    }

    [Fact]
    public void Draws_id_and_case_from_the_randomness()
    {
        var query = UpstreamQuery.Create(Key, withEdns: true, mixCase: true, Randomness(0xFF));

        Assert.Equal(0xFFFF, query.Id);
        Assert.Equal("WWW.EXAMPLE", WireText.QuestionName(Written(query)));
    }

    [Fact]
    public void The_longest_name_fits()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('a', 61);
        var key = Key with { Name = DnsName.ToKey(WireText.Name(name)) };

        Assert.Equal(
            UpstreamQuery.MaxLength, Written(UpstreamQuery.Create(key, withEdns: true, mixCase: true, Randomness(0xAA))).Length);
    }

    private static byte[] Randomness(byte value) => [.. Enumerable.Repeat(value, UpstreamQuery.RandomBytes)];

    private static byte[] Written(UpstreamQuery query)
    {
        var buffer = new byte[UpstreamQuery.MaxLength];
        return buffer[..query.Write(buffer)];
    }
}
