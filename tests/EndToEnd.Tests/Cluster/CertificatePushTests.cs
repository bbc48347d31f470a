using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Network;
using TestSupport.Certificates;
using TestSupport.Prerequisites;
using TestSupport.Waiting;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Cluster;

/// <summary>A certificate's way from its Secret to the handshakes of two gateways on two nodes.</summary>
public sealed class CertificatePushTests(ITestOutputHelper report)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [RequiresFact("ip")]
    public async Task A_new_Secret_is_served_by_every_gateway_and_a_bad_one_by_none()
    {
        await using var site = await ClusterSite.StartAsync();
        await site.ApplyGatewayAsync();
        await site.ChangeSpecAsync(new JsonObject { ["workload"] = new JsonObject { ["replicas"] = 2 } });
        await using var second = await SecondPod.StartAsync(site.Laboratory, site.Api);
        await UntilServedByBothAsync(site);

        // A good one, three times: how long until both show it to new handshakes.
        var times = new List<double>();
        IssuedCertificate served = null!;
        for (var round = 0; round < 3; round++)
        {
            served = site.Laboratory.Authority.Issue(Laboratory.GatewayName);
            var watch = Stopwatch.StartNew();
            await site.PutCertificateAsync(served);
            await UntilShownAsync(site, Laboratory.Gateway, served);
            await UntilShownAsync(site, SecondPod.EndPoint, served);
            times.Add(watch.Elapsed.TotalSeconds);
            await UntilServedByBothAsync(site);
        }

        report.WriteLine(
            $"from the Secret to the handshakes of both gateways: {string.Join(", ", times.Select(time => $"{time:0.00} s"))}");

        // Bad ones: each is named, and nothing changes.
        var good = site.Laboratory.Authority;
        await RefusedAsync(
            site, served, good.Issue(Laboratory.GatewayName) with { KeyPem = served.KeyPem }, "CertificateSecretMalformed");
        await RefusedAsync(site, served, good.Issue(Laboratory.GatewayName, days: 0), "CertificateExpired");
        await RefusedAsync(site, served, good.Issue("other.example.test"), "HostnameNotCovered");

        // One gateway is stopped: the other serves the next one, and nobody claims that all do.
        second.Stop();
        var last = good.Issue(Laboratory.GatewayName);
        await site.PutCertificateAsync(last);
        await UntilShownAsync(site, Laboratory.Gateway, last);
        await site.UntilAsync(
            "the condition to tell of the silent gateway",
            (_, status) => ClusterSite.Condition(status, "CertificateReady", "status") is "False" or "Unknown");
        second.Continue();
        await UntilShownAsync(site, SecondPod.EndPoint, last);
        await UntilServedByBothAsync(site);
    }

    private static async Task RefusedAsync(ClusterSite site, IssuedCertificate served, IssuedCertificate bad, string reason)
    {
        await site.PutCertificateAsync(bad);
        await site.UntilAsync($"the condition {reason}", (_, status) =>
            ClusterSite.Condition(status, "CertificateReady", "status") == "False"
            && ClusterSite.Condition(status, "CertificateReady", "reason") == reason);
        Assert.Equal(served.Sha256, await ShownAsync(site, Laboratory.Gateway));
        Assert.Equal(served.Sha256, await ShownAsync(site, SecondPod.EndPoint));
    }

    private static Task UntilServedByBothAsync(ClusterSite site) =>
        site.UntilAsync("both gateways to report the certificate", (_, status) =>
            status["gateways"]?.AsArray() is { Count: 2 } gateways
            && gateways.All(gateway => (string?)gateway!["certificateSerial"] == (string?)status["certificateSerial"])
            && ClusterSite.Condition(status, "CertificateReady", "status") == "True");

    private static Task UntilShownAsync(ClusterSite site, IPEndPoint endPoint, IssuedCertificate certificate) =>
        Eventually.TrueAsync(
            $"the new certificate at {endPoint}", Soon, async () => await ShownAsync(site, endPoint) == certificate.Sha256);

    /// <returns>SHA-256 of the leaf that a new handshake shows.</returns>
    private static async Task<string> ShownAsync(ClusterSite site, IPEndPoint endPoint)
    {
        using var timer = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var socket = await site.Laboratory.GatewayNamespace.ConnectAsync(endPoint, timer.Token);
        await using var stream = new SslStream(new NetworkStream(socket));
        var sha256 = "";
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = Laboratory.GatewayName,
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                {
                    sha256 = ((X509Certificate2)shown!).GetCertHashString(HashAlgorithmName.SHA256);
                    return sha256.Length > 0;
                },
            },
            timer.Token);
        return sha256;
    }
}
