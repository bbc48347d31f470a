namespace Operator.Tests.Certificates.World;

/// <summary>Lets one request through to the CA, and loses the answer.</summary>
/// <param name="nth">From zero.</param>
internal sealed class ReplyDropper(int nth)
{
    private int _count;

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Gate(this, inner);

    private bool IsTheOne() => _count++ == nth;

    private sealed class Gate(ReplyDropper owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return owner.IsTheOne() ? throw new HttpRequestException("the connection was reset") : response;
        }
    }
}
