using System.Text.Json;
using System.Text.Json.Nodes;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace Operator.Gateways.Planning.Objects;

/// <summary>DdnsRecord and SstpCertificate from the templates of a VpnGateway.</summary>
internal static class TemplateObjects
{
    public static JsonObject? Record(VpnGateway gateway)
    {
        if (gateway.Spec is not { Publication.Template: { } template, Hostname: { } hostname }) return null;

        var record = ObjectHead.Make(gateway, ApiGroup.ApiVersion, DdnsRecord.KindName, gateway.Metadata.Name);
        record["spec"] = JsonSerializer.SerializeToNode(new DdnsRecordSpec
        {
            Fqdn = hostname,
            RecordTypes = template.RecordTypes,
            Ttl = template.Ttl,
            Source = template.Source ?? new AddressSource
            {
                Kind = AddressSourceKind.VpnGateway,
                VpnGateway = new VpnGatewaySource { Name = gateway.Metadata.Name },
            },
            Provider = template.Provider,
            Policy = template.Policy,
            Verification = template.Verification,
        }, ResourceJson.Info<DdnsRecordSpec>());
        return record;
    }

    public static JsonObject? Certificate(VpnGateway gateway)
    {
        if (gateway.Spec is not { Certificate.Template: { } template, Hostname: { } hostname }) return null;

        var certificate = ObjectHead.Make(gateway, ApiGroup.ApiVersion, SstpCertificate.KindName, gateway.Metadata.Name);
        certificate["spec"] = JsonSerializer.SerializeToNode(new SstpCertificateSpec
        {
            Names = [hostname, .. template.MoreNames.Where(name => name != hostname)],
            Issuer = template.Issuer,
            Key = template.Key,
            Renewal = template.Renewal,
            Output = new CertificateOutput { SecretName = GatewayNames.MadeTlsSecret(gateway.Metadata.Name) },
        }, ResourceJson.Info<SstpCertificateSpec>());
        return certificate;
    }
}
