using System.Text;
using SstpGateway.Decoy;

namespace SstpGateway.Tests.Decoy;

public sealed class NginxExchangeTests : IDisposable
{
    private readonly StaticFolder folder = new();

    public static TheoryData<NginxExchange> Exchanges => [.. NginxVectors.All];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Answers_as_nginx_does_when_the_request_comes_at_once(NginxExchange exchange) =>
        Assert.Equal(exchange.Response, await Decoys.AskAsync(For(exchange), exchange.Request));

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Answers_as_nginx_does_when_the_request_comes_octet_by_octet(NginxExchange exchange) =>
        Assert.Equal(exchange.Response, await Decoys.AskAsync(For(exchange), exchange.Request, step: 1));

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Answers_as_nginx_does_when_a_part_was_read_before(NginxExchange exchange)
    {
        var request = Encoding.Latin1.GetBytes(exchange.Request);
        var split = request.Length / 3;
        var visitor = new VisitorStream(request[split..]);

        await For(exchange).ServeAsync(visitor, request.AsMemory(0, split), CancellationToken.None);

        Assert.Equal(exchange.Response, Encoding.Latin1.GetString(visitor.Answers));
    }

    [Fact]
    public void Has_seen_enough_of_nginx() => Assert.True(NginxVectors.All.Count >= 90);

    public void Dispose() => folder.Dispose();

    private IDecoy For(NginxExchange exchange) => exchange.Content switch
    {
        "static" => Decoys.Static(folder.Path),
        "plainText" => Decoys.Factory().CreateForPlainText(Decoys.NotFound),
        _ => Decoys.Factory().Create(Decoys.NotFound),
    };
}
