using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AcmeInterop.Tests.Servers;
using KubeApi.Client;
using KubeApi.Credentials;
using KubeApi.Objects;
using LocalControlPlane;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Operator.Hosting;
using Operator.Resources;
using Operator.Resources.SstpCertificates;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Waiting;

namespace AcmeInterop.Tests;

/// <summary>The operator as it runs, on an API server, with Pebble and BIND: what users apply and see.</summary>
[Collection(AcmeLaboratoryCollection.Name)]
public sealed class WholeOperatorTests(AcmeLaboratory laboratory)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);
    private static readonly ObjectKey Key = new("default", "office");

    [RequiresFact("named", "pebble", "dig")]
    public async Task A_certificate_that_is_applied_is_issued_revoked_and_deleted_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder("operator");
        await using var plane = await ControlPlane.StartAsync(
            new ControlPlaneOptions(folder.File("data"))
            {
                DefinitionFolder = Path.Combine(Repository.Root, "crds"), Listen = new IPEndPoint(IPAddress.Loopback, 0),
            },
            TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var access = Kubeconfig.Load(plane.KubeconfigFile).Access(null, TimeProvider.System);
        using var client = new KubeClient(
            access, new KubeClientOptions { UserAgent = "tests" }, TimeProvider.System, NullLogger<KubeClient>.Instance);
        await using var host = new OperatorHost(
            new OperatorOptions
            {
                HealthAddress = new IPEndPoint(IPAddress.Loopback, 0), ElectsLeader = false, OwnNamespace = "default",
            },
            access,
            logging => logging.SetMinimumLevel(LogLevel.Warning));
        using var stopping = new CancellationTokenSource();
        var running = host.RunAsync(stopping.Token);
        try
        {
            await CreateAsync(client, "Secret", "tsig", new JsonObject { ["secret"] = Bind.Secret });
            await CreateAsync(
                client, "ConfigMap", "pebble-roots", new JsonObject { ["ca.crt"] = laboratory.Pebble.TrustedRoots });
            await client.CreateAsync(Kinds.SstpCertificates, Manifest(), CancellationToken.None);

            var ready = await UntilAsync(client, "the certificate to be ready", status =>
                Is(status, "Ready", "True") && status.Order is null);
            var secret = await client.GetAsync(BuiltIn.Secrets, Key, CancellationToken.None);
            using var pair = X509Certificate2.CreateFromPem(
                Encoding.ASCII.GetString(secret!.Value.Find("tls.crt")!),
                Encoding.ASCII.GetString(secret.Value.Find("tls.key")!));
            Assert.Equal("kubernetes.io/tls", secret.Value.Type);
            Assert.Equal(ready.Serial, pair.SerialNumber);
            Assert.Null(await client.GetAsync(BuiltIn.Secrets, new ObjectKey("default", "office-order"), CancellationToken.None));
            Assert.Empty(await laboratory.Bind.AllTxtAsync());

            await client.MergePatchAsync(
                Kinds.SstpCertificates, Key,
                Annotation(SstpCertificateConditions.RevokeAnnotation, "true"), CancellationToken.None);
            await UntilAsync(client, "the revocation", status => status.Revoked is not null);
            Assert.Equal("Revoked", await laboratory.Pebble.StatusAsync(pair.SerialNumber));

            await client.DeleteAsync(Kinds.SstpCertificates, Key, new DeleteOptions(), CancellationToken.None);
            await Eventually.TrueAsync(
                "the certificate to go", Soon,
                async () => await client.GetAsync(Kinds.SstpCertificates, Key, CancellationToken.None) is null);
            // kept, for a CA counts what it issues
            Assert.NotNull(await client.GetAsync(BuiltIn.Secrets, Key, CancellationToken.None));
        }
        finally
        {
            await stopping.CancelAsync();
            await running;
        }
    }

    private static Task<SstpCertificateStatus> UntilAsync(
        KubeClient client, string what, Func<SstpCertificateStatus, bool> holds) =>
        Eventually.GetAsync(what, Soon, async () =>
            (await client.GetAsync(Kinds.SstpCertificates, Key, CancellationToken.None))?.Value.Status is { } status
            && holds(status)
                ? status
                : null);

    private static bool Is(SstpCertificateStatus status, string type, string value) =>
        status.Conditions.Any(condition => condition.Type == type && condition.Status.ToString() == value);

    private static JsonObject Annotation(string name, string value) =>
        new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [name] = value } } };

    private static async Task CreateAsync(KubeClient client, string kind, string name, JsonObject content)
    {
        var manifest = new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        };
        manifest[kind == "Secret" ? "stringData" : "data"] = content;
        if (kind == "Secret") await client.CreateAsync(BuiltIn.Secrets, manifest, CancellationToken.None);
        else await client.CreateAsync(BuiltIn.ConfigMaps, manifest, CancellationToken.None);
    }

    private JsonObject Manifest() => JsonNode.Parse($$"""
        {
          "apiVersion": "vpn.sstp-operator.dev/v1alpha1", "kind": "SstpCertificate",
          "metadata": { "name": "office", "namespace": "default" },
          "spec": {
            "names": ["whole.office.test", "*.whole.office.test"],
            "issuer": {
              "kind": "Acme",
              "acme": {
                "directory": "{{laboratory.Pebble.Directory}}",
                "termsOfServiceAgreed": true,
                "accountSecret": { "name": "acme-account" },
                "trustBundle": { "name": "pebble-roots", "key": "ca.crt" },
                "challenges": [{
                  "kind": "Dns01",
                  "dns01": {
                    "provider": { "kind": "Rfc2136", "rfc2136": { "servers": ["{{laboratory.Bind.EndPoint}}"], "zone": "office.test", "tsig": { "keyName": "{{Bind.KeyName}}", "secret": { "name": "tsig", "key": "secret" } } } },
                    "followAliases": false,
                    "check": { "servers": ["{{laboratory.Bind.EndPoint}}"], "settle": "0s" }
                  }
                }]
              }
            }
          }
        }
        """)!.AsObject();
}
