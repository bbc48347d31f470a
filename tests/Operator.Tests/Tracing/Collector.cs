using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Operator.Tests.Tracing;

/// <summary>Takes spans by OTLP, over HTTP and over gRPC, and decodes them.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string GrpcPath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

    /// <summary>Everything that came, to look for what should not have.</summary>
    public ConcurrentQueue<byte[]> Bodies { get; } = [];

    public Uri Address => new(_app.Urls.Single());

    /// <param name="overHttp">HTTP/1.1 with protobuf; else gRPC, which is HTTP/2.</param>
    public static async Task<Collector> StartAsync(bool overHttp)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback, 0, listen => listen.Protocols = overHttp ? HttpProtocols.Http1 : HttpProtocols.Http2));
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/traces", collector.TakeAsync);
        collector._app.MapPost(GrpcPath, collector.TakeGrpcAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        Keep(await BodyAsync(context));
        context.Response.ContentType = "application/x-protobuf";
    }

    // A message of gRPC has five bytes before it: whether it is compressed, and its length.
    private async Task TakeGrpcAsync(HttpContext context)
    {
        Assert.Equal("application/grpc", context.Request.ContentType);
        var body = await BodyAsync(context);
        Assert.Equal(0, body[0]);
        Keep(body.AsSpan(5, BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(1))).ToArray());

        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private void Keep(byte[] request)
    {
        Bodies.Enqueue(request);
        foreach (var span in ReceivedSpan.Decode(request)) Spans.Enqueue(span);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
