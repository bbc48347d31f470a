using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayConfig.Yaml;
using Operator.Gateways.Planning;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using Operator.Resources.SstpCertificates;
using Operator.Resources.VpnGateways;

namespace KubectlSstp.Lint;

/// <summary>Checks objects against each other. Pure. What is missing may be in the cluster, so that is a warning;
/// what contradicts is an error.</summary>
internal sealed class CrossCheck
{
    private static readonly string[] SecretFields = ["data", "stringData"];

    private readonly IReadOnlyList<LintObject> _objects;
    private readonly List<(LintObject Object, VpnGateway Value)> _gateways = [];
    private readonly List<(LintObject Object, DdnsRecord Value)> _records = [];
    private readonly List<(LintObject Object, SstpCertificate Value)> _certificates = [];

    /// <param name="sound">Objects that have no mistake by themselves; those of our kinds among them are read.</param>
    public CrossCheck(IReadOnlyList<LintObject> objects, IReadOnlySet<LintObject> sound)
    {
        _objects = objects;
        foreach (var each in objects.Where(each => each.IsOurs && sound.Contains(each)))
        {
            if (each.Kind == VpnGateway.KindName) _gateways.Add((each, each.Body.Deserialize(ResourceJson.VpnGateway)!));
            else if (each.Kind == DdnsRecord.KindName) _records.Add((each, each.Body.Deserialize(ResourceJson.DdnsRecord)!));
            else if (each.Kind == SstpCertificate.KindName)
                _certificates.Add((each, each.Body.Deserialize(ResourceJson.SstpCertificate)!));
        }
    }

    public IEnumerable<LintFinding> Check() =>
    [
        .. Twice(), .. _gateways.SelectMany(item => Gateway(item.Object, item.Value)), .. SharedNames(), .. SharedOutputs(),
        .. _gateways.SelectMany(item =>
            Secrets(item.Object, Needed(SecretUses.Of(item.Value.Spec, "spec"), item.Value.Spec.Certificate?.Template?.Issuer))),
        .. _records.SelectMany(item => Secrets(item.Object, SecretUses.Of(item.Value.Spec, "spec"))),
        .. _certificates.SelectMany(
            item => Secrets(item.Object, Needed(SecretUses.Of(item.Value.Spec, "spec"), item.Value.Spec.Issuer))),
        .. _gateways.SelectMany(item => Users(item.Object, item.Value)),
    ];

    private IEnumerable<LintFinding> Twice() => _objects
        .Where(each => each.Name.Length > 0)
        .GroupBy(each => (each.ApiVersion.Split('/')[0], each.Kind, each.Namespace, each.Name))
        .SelectMany(group => group.Skip(1).Select(
            again => again.Error("metadata.name", $"is in {group.First().File}, too: the one applied last would win; keep one")));

    private IEnumerable<LintFinding> Gateway(LintObject candidate, VpnGateway gateway)
    {
        var (name, spec) = (candidate.Name, gateway.Spec);
        (string Kind, string Name)[] made =
        [
            ("Secret", GatewayNames.Config(name)), ("Secret", GatewayNames.Channel(name)), ("Secret", GatewayNames.Desk(name)),
            ("ConfigMap", GatewayNames.Profiles(name)), ("Deployment", GatewayNames.Workload(name)),
            ("DaemonSet", GatewayNames.Workload(name)),
            ("Service", GatewayNames.Metrics(name)),
        ];
        foreach (var taken in made.Select(item => Find(candidate, item.Kind, item.Name)).OfType<LintObject>())
            yield return taken.Error(
                "metadata.name", $"is what the operator calls its own object for VpnGateway {name}: give it another name");

        if (spec.Certificate?.Template is not null && Find(candidate, SstpCertificate.KindName, name) is { } certificate)
            yield return certificate.Error(
                "metadata.name",
                $"VpnGateway {name} makes an SstpCertificate of this name from its template: "
                + "remove this one, or name it by spec.certificate.certificateName instead of the template");
        if (spec.Publication?.Template is not null && Find(candidate, DdnsRecord.KindName, name) is { } made2)
            yield return made2.Error(
                "metadata.name",
                $"VpnGateway {name} makes a DdnsRecord of this name from its template: "
                + "remove this one, or name it by spec.publication.recordName instead of the template");
        if (spec.Certificate?.Template is not null && Find(candidate, "Secret", GatewayNames.MadeTlsSecret(name)) is { } tls)
            yield return tls.Error(
                "metadata.name",
                $"the certificate of VpnGateway {name} is written into a Secret of this name: give this one another name");

        if (spec.Certificate?.CertificateName is { } wanted)
        {
            var found = Of(_certificates, candidate, wanted);
            if (found is null && Find(candidate, SstpCertificate.KindName, wanted) is null)
                yield return candidate.Warning(
                    "spec.certificate.certificateName",
                    $"there is no SstpCertificate {wanted} in these files: it has to be in the cluster");
            else if (found is not null && spec.Hostname is { } host && !found.Spec.Names.Any(each => IsFor(each, host)))
                yield return candidate.Error(
                    "spec.certificate.certificateName",
                    $"SstpCertificate {wanted} is for {string.Join(", ", found.Spec.Names)} and not for {host}: "
                    + "add the name, or clients refuse it");
        }
        if (spec.Publication?.RecordName is { } record)
        {
            var found = Of(_records, candidate, record);
            if (found is null && Find(candidate, DdnsRecord.KindName, record) is null)
                yield return candidate.Warning(
                    "spec.publication.recordName",
                    $"there is no DdnsRecord {record} in these files: it has to be in the cluster");
            else if (found is not null && !string.Equals(found.Spec.Fqdn, spec.Hostname, StringComparison.OrdinalIgnoreCase))
                yield return candidate.Error(
                    "spec.publication.recordName",
                    $"DdnsRecord {record} publishes {found.Spec.Fqdn}, but clients dial {spec.Hostname}: make them the same");
        }
        if (spec.Certificate is null)
            yield return candidate.Warning(
                "spec.certificate", "there is none: the gateway shows a placeholder and refuses calls");
        if (spec.Authentication.UsersSecret is null)
            yield return candidate.Warning("spec.authentication.usersSecret", "there is none: nobody can log in");
    }

    /// <summary>Two records of one name would undo each other's work.</summary>
    private IEnumerable<LintFinding> SharedNames() => _records
        .SelectMany(item => item.Value.Spec.RecordTypes.Select(
            type => (item.Object, Name: item.Value.Spec.Fqdn.ToLowerInvariant().TrimEnd('.'), Type: type, Field: "spec.fqdn")))
        .Concat(
            _gateways.Where(item => item.Value.Spec is { Publication.Template: not null, Hostname: not null }).SelectMany(item =>
                item.Value.Spec.Publication!.Template!.RecordTypes.Select(type =>
                    (item.Object, Name: item.Value.Spec.Hostname!.ToLowerInvariant(), Type: type, Field: "spec.hostname"))))
        .GroupBy(item => (item.Name, item.Type))
        .SelectMany(group => group.Skip(1).Select(again => again.Object.Error(
            again.Field, $"{group.Key.Type} of {group.Key.Name} is published by {group.First().Object} "
                + $"({group.First().Object.File}), too: keep one, or the two take turns")));

    private IEnumerable<LintFinding> SharedOutputs() => _certificates
        .GroupBy(item => (item.Object.Namespace, Secret: item.Value.Spec.Output.SecretName ?? item.Object.Name))
        .SelectMany(group => group.Skip(1).Select(again => again.Object.Error(
            "spec.output.secretName", $"{group.First().Object} writes into Secret {group.Key.Secret}, too: give each its own")));

    private IEnumerable<LintFinding> Secrets(LintObject user, IEnumerable<SecretUses.Use> uses)
    {
        foreach (var use in uses.Where(use => use.Name.Length > 0))
        {
            if (Find(user, "Secret", use.Name) is not { } secret)
            {
                if (!IsWrittenByUs(user, use.Name))
                    yield return user.Warning(
                        use.Path, $"there is no Secret {use.Name} in these files: it has to be in the cluster");
            }
            else if (use.Key is { } key && !Keys(secret).Contains(key))
            {
                yield return user.Error(use.Path, $"Secret {use.Name} ({secret.File}) has no key {key}: {Has(secret)}");
            }
        }
    }

    private IEnumerable<LintFinding> Users(LintObject candidate, VpnGateway gateway)
    {
        if (gateway.Spec.Authentication.UsersSecret?.Name is not { } name || Find(candidate, "Secret", name) is not { } secret)
            yield break;
        if (Text(secret, GatewayNames.UsersKey) is not { } text)
        {
            yield return secret.Error(
                "data", $"VpnGateway {candidate.Name} reads its users from key {GatewayNames.UsersKey}: {Has(secret)}");
            yield break;
        }
        if (UsersReader.TryRead(text, out _, out var mistakes)) yield break;
        foreach (var mistake in mistakes) yield return secret.Error(GatewayNames.UsersKey, mistake.ToString());
    }

    /// <summary>An ACME account and an authority of one's own are made when they are not there.</summary>
    private static IEnumerable<SecretUses.Use> Needed(IEnumerable<SecretUses.Use> uses, CertificateIssuer? issuer) =>
        uses.Where(use =>
            !use.Path.EndsWith(".accountSecret", StringComparison.Ordinal)
            && !(use.Path.EndsWith(".caSecret", StringComparison.Ordinal) && issuer?.InternalCa?.Create == true));

    private bool IsWrittenByUs(LintObject user, string secret) => _certificates.Any(item =>
        item.Object.Namespace == user.Namespace && (item.Value.Spec.Output.SecretName ?? item.Object.Name) == secret);

    private static T? Of<T>(List<(LintObject Object, T Value)> all, LintObject near, string name)
        where T : class => all.FirstOrDefault(item => item.Object.Namespace == near.Namespace && item.Object.Name == name).Value;

    private LintObject? Find(LintObject near, string kind, string name) =>
        _objects.FirstOrDefault(each => each.Kind == kind && each.Namespace == near.Namespace && each.Name == name);

    private static HashSet<string> Keys(LintObject secret) =>
        [.. SecretFields.SelectMany(field => (secret.Body[field] as JsonObject)?.Select(pair => pair.Key) ?? [])];

    private static string Has(LintObject secret) =>
        Keys(secret) is { Count: > 0 } keys
            ? $"it has {string.Join(", ", keys.Order(StringComparer.Ordinal))}"
            : "it has no key at all";

    /// <returns>Null when there is none, or it is not base64, which the API server says itself.</returns>
    private static string? Text(LintObject secret, string key)
    {
        if ((secret.Body["stringData"] as JsonObject)?[key] is JsonValue plain && plain.TryGetValue<string>(out var text))
            return text;
        if ((secret.Body["data"] as JsonObject)?[key] is not JsonValue value || !value.TryGetValue<string>(out var encoded))
            return null;
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    /// <summary>RFC 6125 6.4.3: a wildcard stands for one label.</summary>
    private static bool IsFor(string name, string host) =>
        string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith("*.", StringComparison.Ordinal) && host.IndexOf('.', StringComparison.Ordinal) is var dot and > 0
            && string.Equals(name[1..], host[dot..], StringComparison.OrdinalIgnoreCase));
}
