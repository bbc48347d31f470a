using DnsProtocol;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;

namespace SstpGateway.Tests.Dns.Messages;

public sealed class AnswerLifetimeTests
{
    private static readonly byte[] Question = WireText.Query("www.example");

    [Fact]
    public void An_answer_lives_as_long_as_its_shortest_record()
    {
        var reply = WireText.Reply(
            Question,
            [RecordText.Alias("a.example", 600), RecordText.Address("192.0.2.1", 60)],
            [],
            [RecordText.Address("192.0.2.9", 45)]);

        Assert.Equal(TimeSpan.FromSeconds(45), AnswerLifetime.Of(reply));
    }

    [Fact]
    public void Nothing_lives_longer_than_a_day()
    {
        Assert.Equal(
            TimeSpan.FromDays(1), AnswerLifetime.Of(WireText.Reply(Question, [RecordText.Address("192.0.2.1", 604_800)])));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x8000_0000u)]    // RFC 2181 8: counts as zero
    public void A_time_of_zero_is_not_kept(uint ttl)
    {
        Assert.Equal(TimeSpan.Zero, AnswerLifetime.Of(WireText.Reply(Question, [RecordText.Address("192.0.2.1", ttl)])));
    }

    [Theory]
    [InlineData(900u, 300u, 300)]
    [InlineData(120u, 3600u, 120)]
    [InlineData(86_400u, 86_400u, 10_800)]    // RFC 2308 5: three hours at most
    public void A_denial_lives_as_long_as_the_smaller_of_the_soa_and_its_minimum(uint ttl, uint minimum, int seconds)
    {
        var reply = WireText.Reply(Question, [], [RecordText.StartOfAuthority(ttl, minimum)], flags: 0x8183);

        Assert.Equal(TimeSpan.FromSeconds(seconds), AnswerLifetime.Of(reply));
    }

    [Fact]
    public void No_data_of_that_type_is_a_denial_too()
    {
        var reply = WireText.Reply(Question, [], [RecordText.StartOfAuthority(900, 30)]);

        Assert.Equal(TimeSpan.FromSeconds(30), AnswerLifetime.Of(reply));
    }

    [Fact]
    public void An_alias_that_leads_to_nothing_is_a_denial_and_no_longer_lived_than_the_alias()
    {
        var reply = WireText.Reply(Question, [RecordText.Alias("a.example", 20)], [RecordText.StartOfAuthority(900, 300)]);

        Assert.Equal(TimeSpan.FromSeconds(20), AnswerLifetime.Of(reply));
    }

    [Fact]
    public void A_denial_without_soa_is_not_kept()
    {
        Assert.Equal(TimeSpan.Zero, AnswerLifetime.Of(WireText.Reply(Question, [], flags: 0x8183)));
    }

    [Fact]
    public void An_alias_alone_is_not_kept_as_if_it_were_the_whole_answer()
    {
        Assert.Equal(TimeSpan.Zero, AnswerLifetime.Of(WireText.Reply(Question, [RecordText.Alias("a.example")])));
    }

    [Theory]
    [InlineData(0x8182)]    // SERVFAIL
    [InlineData(0x8185)]    // REFUSED
    [InlineData(0x8380)]    // TC
    public void Errors_and_halves_are_not_kept(ushort flags)
    {
        Assert.Equal(TimeSpan.Zero, AnswerLifetime.Of(WireText.Reply(Question, [RecordText.Address("192.0.2.1")], flags: flags)));
    }

    [Fact]
    public void A_soa_too_short_for_its_numbers_counts_for_nothing()
    {
        var soa = RecordText.StartOfAuthority(900, 300);
        var reply = WireText.Reply(Question, [], [soa with { Data = soa.Data[..^1] }], flags: 0x8183);

        Assert.Equal(TimeSpan.Zero, AnswerLifetime.Of(reply));
    }
}
