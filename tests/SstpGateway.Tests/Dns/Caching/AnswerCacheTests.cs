using DnsProtocol;
using SstpGateway.Dns.Caching;
using SstpGateway.Dns.Messages;
using SstpGateway.Tests.Dns.Support;
using SstpProtocol;

namespace SstpGateway.Tests.Dns.Caching;

public sealed class AnswerCacheTests
{
    private static readonly MonotonicTime Start = new(1_000_000);

    [Fact]
    public void Gives_back_what_was_stored_until_its_time_is_over()
    {
        var cache = new AnswerCache(10, 1_000_000);
        cache.Store(Key("a"), Answer("a", ttl: 60), Start);

        Assert.True(cache.TryGet(Key("a"), Start + TimeSpan.FromSeconds(59.9), out var cached));
        Assert.Equal(Start, cached.StoredAt);
        Assert.False(cache.TryGet(Key("a"), Start + TimeSpan.FromSeconds(60), out _));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public void Keeps_answers_with_and_without_signatures_or_checking_apart()
    {
        var cache = new AnswerCache(10, 1_000_000);
        cache.Store(Key("a"), Answer("a"), Start);

        Assert.False(cache.TryGet(Key("a") with { DnssecOk = true }, Start, out _));
        Assert.False(cache.TryGet(Key("a") with { CheckingDisabled = true }, Start, out _));
        Assert.False(cache.TryGet(Key("a") with { Type = RecordText.Aaaa }, Start, out _));
        Assert.True(cache.TryGet(Key("a"), Start, out _));
    }

    [Fact]
    public void The_least_recently_used_answer_leaves_first()
    {
        var cache = new AnswerCache(2, 1_000_000);
        cache.Store(Key("a"), Answer("a"), Start);
        cache.Store(Key("b"), Answer("b"), Start);
        cache.TryGet(Key("a"), Start, out _);

        cache.Store(Key("c"), Answer("c"), Start);

        Assert.True(cache.TryGet(Key("a"), Start, out _));
        Assert.False(cache.TryGet(Key("b"), Start, out _));
        Assert.True(cache.TryGet(Key("c"), Start, out _));
    }

    [Fact]
    public void Stays_within_its_bytes()
    {
        var one = AnswerCache.SizeOf(new CachedAnswer(Key("a"), Answer("a"), Start));
        var cache = new AnswerCache(1000, 3 * one);

        foreach (var name in "abcdefgh") cache.Store(Key($"{name}"), Answer($"{name}"), Start);

        Assert.Equal(3, cache.Count);
        Assert.Equal(3 * one, cache.Bytes);
        Assert.True(cache.TryGet(Key("h"), Start, out _));
    }

    [Fact]
    public void Does_not_empty_itself_for_an_answer_that_could_never_fit()
    {
        var one = AnswerCache.SizeOf(new CachedAnswer(Key("a"), Answer("a"), Start));
        var cache = new AnswerCache(1000, one);
        cache.Store(Key("a"), Answer("a"), Start);

        cache.Store(Key("long-name"), Answer("long-name"), Start);

        Assert.True(cache.TryGet(Key("a"), Start, out _));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_the_older()
    {
        var cache = new AnswerCache(10, 1_000_000);
        cache.Store(Key("a"), Answer("a"), Start);
        var bytes = cache.Bytes;

        cache.Store(Key("a"), Answer("a"), Start + TimeSpan.FromSeconds(10));

        Assert.Equal((1, bytes), (cache.Count, cache.Bytes));
        Assert.True(cache.TryGet(Key("a"), Start + TimeSpan.FromSeconds(10), out var cached));
        Assert.Equal(Start + TimeSpan.FromSeconds(10), cached.StoredAt);
    }

    [Theory]
    [InlineData(0, 60u)]
    [InlineData(10, 0u)]
    public void Keeps_nothing_of_size_zero_or_time_zero(int entries, uint ttl)
    {
        var cache = new AnswerCache(entries, 1_000_000);

        cache.Store(Key("a"), Answer("a", ttl), Start);

        Assert.Equal(0, cache.Count);
    }

    private static AnswerKey Key(string name) => new(DnsName.ToKey(WireText.Name(name)), RecordText.A, false, false);

    private static DnsAnswer Answer(string name, uint ttl = 300)
    {
        var reply = WireText.Reply(WireText.Query(name, id: 1), [RecordText.Address("192.0.2.1", ttl)]);
        DnsAnswer.Read(reply, new UpstreamQuery(1, WireText.Name(name), Key(name), WithEdns: true), out var answer);
        return answer!;
    }
}
