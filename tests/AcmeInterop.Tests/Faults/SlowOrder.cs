using System.Text;
using System.Text.Json.Nodes;

namespace AcmeInterop.Tests.Faults;

/// <summary>Calls a valid order processing, and an order processing for as long as it likes.</summary>
internal sealed class SlowOrder
{
    public bool IsSlow { get; set; } = true;

    public HttpMessageHandler Around(HttpMessageHandler inner) => new Shim(inner, async (request, send) =>
    {
        var response = await send(request);
        if (!IsSlow || response.Content.Headers.ContentType?.MediaType != "application/json") return response;

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        if (body?["finalize"] is null || (string?)body["status"] != "valid") return response;

        body["status"] = "processing";
        ((JsonObject)body).Remove("certificate");
        response.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return response;
    });
}
