using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Operator.Hosting;
using Operator.Reconciling;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.StatusPage;

/// <summary>Serves the page from what the operator watches anyway: looking at it asks the API server nothing.</summary>
internal sealed class StatusPageEndpoint(Watches watches, TimeProvider time)
{
    private readonly Watched<VpnGateway> _gateways = watches.Of(Kinds.VpnGateways);
    private readonly Watched<DdnsRecord> _records = watches.Of(Kinds.DdnsRecords);
    private readonly Watched<SstpCertificate> _certificates = watches.Of(Kinds.SstpCertificates);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", (HttpContext context) =>
    {
        context.Response.Headers.ContentSecurityPolicy = StatusPageHtml.ContentSecurityPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var model = new StatusPageModel(All(_gateways), All(_records), All(_certificates), ProgramVersion.Text, time.GetUtcNow());
        return Results.Text(StatusPageHtml.Render(model), "text/html; charset=utf-8");
    });

    private static IReadOnlyList<T> All<T>(Watched<T> watched)
        where T : notnull =>
        [.. watched.Cache.All().Select(item => item.Value)];
}
