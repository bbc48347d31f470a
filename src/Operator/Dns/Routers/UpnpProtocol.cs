using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Operator.Dns.Routers;

/// <summary>UPnP's Internet Gateway Device: found by a search sent to the router itself, then asked by SOAP.</summary>
public sealed class UpnpProtocol(HttpClient client) : IRouterProtocol
{
    private const int SearchPort = 1900;
    private const int MaxDocument = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] Services =
    [
        "urn:schemas-upnp-org:service:WANIPConnection:2",
        "urn:schemas-upnp-org:service:WANIPConnection:1",
        "urn:schemas-upnp-org:service:WANPPPConnection:1",
    ];

    public async Task<RouterAnswer> AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(2 * Patience);
        try
        {
            if (await FindAsync(router, deadline.Token) is not { } location)
                return new RouterAnswer.Silent($"{router} does not answer UPnP");
            if (await ReadControlAsync(location, deadline.Token) is not var (control, service))
                return new RouterAnswer.Silent($"{router} has no WAN connection service");

            var (answer, fault) = await CallAsync(control, service, "GetExternalIPAddress", [], deadline.Token);
            if (fault is not null) return new RouterAnswer.Refused($"UPnP: {fault}");
            if (!IPAddress.TryParse(Value(answer!, "NewExternalIPAddress"), out var external))
                return new RouterAnswer.Refused("UPnP: it has no outside address itself");
            if (mapping is null) return new RouterAnswer.Known(external, null);

            var host = mapping.InternalHost ?? OwnAddress(router);
            (_, fault) = mapping.IsRemoval
                ? await CallAsync(
                    control, service, "DeletePortMapping",
                    [("NewRemoteHost", ""), ("NewExternalPort", Text(mapping.ExternalPort)), ("NewProtocol", "TCP")],
                    deadline.Token)
                : await CallAsync(
                    control,
                    service,
                    "AddPortMapping",
                    [
                        ("NewRemoteHost", ""), ("NewExternalPort", Text(mapping.ExternalPort)), ("NewProtocol", "TCP"),
                        ("NewInternalPort", Text(mapping.InternalPort)),
                        ("NewInternalClient", host.ToString()), ("NewEnabled", "1"),
                        ("NewPortMappingDescription", "sstp-operator"),
                        ("NewLeaseDuration", Text((int)mapping.Lifetime.TotalSeconds)),
                    ],
                    deadline.Token);
            return fault is not null
                ? new RouterAnswer.Refused($"UPnP: {fault}")
                : new RouterAnswer.Known(external, new RouterMapping(mapping.ExternalPort, mapping.Lifetime));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or XmlException)
        {
            return new RouterAnswer.Silent($"UPnP: {exception.Message}");
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new RouterAnswer.Silent($"{router} does not answer UPnP in time");
        }
    }

    // UPnP Device Architecture 1.1 section 1.3.2: a search may be sent to one device.
    private static async Task<Uri?> FindAsync(IPAddress router, CancellationToken stopping)
    {
        var search = $"M-SEARCH * HTTP/1.1\r\nHOST: {router}:{SearchPort}\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\n"
            + "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n";
        if (await RouterDatagrams.AskAsync(new IPEndPoint(router, SearchPort), _ => Encoding.ASCII.GetBytes(search), stopping)
            is not { } answer)
            return null;

        return SsdpAnswer.TryReadLocation(answer, router, out var location) ? location : null;
    }

    private async Task<(Uri Control, string Service)?> ReadControlAsync(Uri location, CancellationToken stopping)
    {
        using var response = await client.GetAsync(location, HttpCompletionOption.ResponseHeadersRead, stopping);
        var description = Parse(await ReadAsync(response, stopping));
        foreach (var service in Services)
        {
            var found = description.Descendants().FirstOrDefault(element => element.Name.LocalName == "service"
                && element.Elements().Any(child => child.Name.LocalName == "serviceType" && child.Value == service));
            if (found?.Elements().FirstOrDefault(child => child.Name.LocalName == "controlURL") is { } control
                && Uri.TryCreate(location, control.Value, out var url) && url.Host == location.Host)
                return (url, service);
        }

        return null;
    }

    private async Task<(XDocument? Answer, string? Fault)> CallAsync(
        Uri control, string service, string action, (string Name, string Value)[] arguments, CancellationToken stopping)
    {
        XNamespace soap = "http://schemas.xmlsoap.org/soap/envelope/";
        XNamespace ns = service;
        var envelope = new XElement(
            soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "s", soap),
            new XAttribute(soap + "encodingStyle", "http://schemas.xmlsoap.org/soap/encoding/"),
            new XElement(soap + "Body", new XElement(
                ns + action, new XAttribute(XNamespace.Xmlns + "u", ns),
                arguments.Select(argument => new XElement(argument.Name, argument.Value)))));
        using var request = new HttpRequestMessage(HttpMethod.Post, control)
        {
            Content = new StringContent(
                "<?xml version=\"1.0\"?>\r\n" + envelope.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml"),
        };
        request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{service}#{action}\"");
        using var response = await client.SendAsync(request, stopping);
        var answer = Parse(await ReadAsync(response, stopping));
        return response.IsSuccessStatusCode
            ? (answer, null)
            : (null, Value(answer, "errorDescription") ?? $"HTTP {(int)response.StatusCode}");
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken stopping)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stopping);
        var buffer = new byte[MaxDocument];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stopping);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    // No DTD: a router is no reason to fetch or expand anything.
    private static XDocument Parse(string text)
    {
        using var reader = XmlReader.Create(
            new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static string? Value(XDocument document, string name) =>
        document.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IPAddress OwnAddress(IPAddress router)
    {
        using var socket = new Socket(router.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(router, SearchPort);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }
}
