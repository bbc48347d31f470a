namespace AcmeInterop.Tests;

/// <summary>Writes down where requests go.</summary>
internal sealed class Watcher
{
    public List<string> Paths { get; } = [];

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Gate(this, inner);

    private sealed class Gate(Watcher owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            owner.Paths.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
