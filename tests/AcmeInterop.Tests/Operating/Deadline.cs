using System.Diagnostics;

namespace AcmeInterop.Tests.Operating;

/// <summary>Counts the moments between two effects, and ends this process by SIGKILL at one of them:
/// no finally, no flush, nothing.</summary>
/// <param name="at">Which moment, from zero; null for never.</param>
internal sealed class Deadline(int? at)
{
    private int _count;

    public void Pass(string moment)
    {
        Console.WriteLine($"moment {_count}: {moment}");
        Console.Out.Flush();
        if (_count++ == at)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();    // SIGKILL
            Thread.Sleep(Timeout.Infinite);    // the signal is on its way
        }
    }

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Gate(this, inner);

    private sealed class Gate(Deadline owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            owner.Pass($"before {request.Method} {request.RequestUri!.AbsolutePath}");
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            owner.Pass($"after {request.Method} {request.RequestUri!.AbsolutePath}");
            return response;
        }
    }
}
