using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace LocalControlPlane.Tests.Workloads;

/// <summary>What probes ask in tests; it answers as told.</summary>
internal sealed class ProbeTarget : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ProbeTarget(WebApplication server) => _server = server;

    /// <summary>By path; 200 for all others.</summary>
    public ConcurrentDictionary<string, HttpStatusCode> Answers { get; } = new();

    public int Port => new Uri(_server.Urls.First()).Port;

    public static async Task<ProbeTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var target = new ProbeTarget(server);
        server.Run(context =>
        {
            context.Response.StatusCode = (int)target.Answers.GetValueOrDefault(
                context.Request.Path.Value ?? "", HttpStatusCode.OK);
            return Task.CompletedTask;
        });
        await server.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
