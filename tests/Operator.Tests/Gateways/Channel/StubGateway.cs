using System.Net;
using System.Security.Cryptography.X509Certificates;
using GatewayConfig.Channel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Operator.Gateways.Channel;

namespace Operator.Tests.Gateways.Channel;

/// <summary>A gateway that says what the test wants: how the client takes answers
/// that no gateway of this version gives.</summary>
internal sealed class StubGateway : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StubGateway(WebApplication application) => _application = application;

    public IPEndPoint Address => IPEndPoint.Parse(new Uri(_application.Urls.First()).Authority);

    public List<string> Requests { get; } = [];

    public static async Task<StubGateway> StartAsync(
        CertificatePem certificate, Func<HttpRequest, (int Status, string Json)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(certificate.Chain, certificate.Key);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        })));
        var application = builder.Build();
        var stub = new StubGateway(application);
        application.Run(async context =>
        {
            stub.Requests.Add(
                $"{context.Request.Method} {context.Request.Path} {context.Connection.ClientCertificate?.Thumbprint}");
            var (status, json) = answer(context.Request);
            context.Response.StatusCode = status;
            if (status == StatusCodes.Status204NoContent) return;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json);
        });
        await application.StartAsync();
        return stub;
    }

    public GatewayEndPoint EndPoint(string serverName) => new(Address, serverName);

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
