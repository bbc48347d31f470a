using System.Net;

namespace Operator.Tests.Dns.Providers;

/// <summary>A service that keeps what it is asked and answers what it was told to, the last answer for ever.</summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();
    private Func<HttpResponseMessage> _last = () => new HttpResponseMessage(HttpStatusCode.OK);

    public List<(string Method, string Url, string Body, string? Authorization, string UserAgent)> Requests { get; } = [];

    public HttpClient Client => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    public ScriptedService Answer(string body, int status = 200, params (string Name, string Value)[] headers)
    {
        _answers.Enqueue(() =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
            foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
            return response;
        });
        return this;
    }

    public ScriptedService Fail(string message)
    {
        _answers.Enqueue(() => throw new HttpRequestException(message));
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((
            request.Method.Method, request.RequestUri!.AbsoluteUri, body,
            request.Headers.Authorization?.ToString(), request.Headers.UserAgent.ToString()));
        if (_answers.TryDequeue(out var next)) _last = next;
        return _last();
    }
}
