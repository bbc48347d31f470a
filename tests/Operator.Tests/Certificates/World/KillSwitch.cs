namespace Operator.Tests.Certificates.World;

/// <summary>Counts every moment at which a process could die between two effects, and lets it die at one of them.</summary>
/// <param name="at">The moment; null only counts.</param>
internal sealed class KillSwitch(int? at)
{
    private readonly List<string> _moments = [];

    public IReadOnlyList<string> Moments => _moments;

    public bool HasFired { get; private set; }

    public void Pass(string moment)
    {
        if (HasFired) return;

        _moments.Add(moment);
        if (_moments.Count - 1 != at) return;

        HasFired = true;
        throw new Killed();
    }

    /// <summary>Before a request is sent, and after its answer came and nobody heard it yet.</summary>
    public HttpMessageHandler Around(HttpMessageHandler inner) => new Gate(this, inner);

    private sealed class Gate(KillSwitch owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            owner.Pass($"before {request.Method} {request.RequestUri!.AbsolutePath}");
            var response = await base.SendAsync(request, cancellationToken);
            owner.Pass($"after {request.Method} {request.RequestUri!.AbsolutePath}");
            return response;
        }
    }
}
