namespace AcmeInterop.Tests.Faults;

/// <summary>Lets one request through, and loses the answer.</summary>
/// <param name="nth">From zero.</param>
internal sealed class LostAnswer(int nth)
{
    private int _count;

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Shim(inner, async (request, send) =>
    {
        var response = await send(request);
        return IsTheOne() ? throw new HttpRequestException("the connection was reset") : response;
    });

    private bool IsTheOne() => _count++ == nth;
}
