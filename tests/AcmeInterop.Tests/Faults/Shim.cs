namespace AcmeInterop.Tests.Faults;

/// <summary>Stands before the CA.</summary>
/// <param name="answer">Gets a request and the way to the CA.</param>
internal sealed class Shim(
    HttpMessageHandler inner,
    Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> answer)
    : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        answer(request, sent => base.SendAsync(sent, cancellationToken));
}
