using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Bench.Traffic;

/// <summary>What TLS 1.3 in full records costs on this machine: both ends in this process,
/// over loopback TCP, a thread each.</summary>
internal static class TlsCost
{
    private const int RecordSize = 16 * 1024;

    /// <returns>CPU seconds per 10^9 bytes.</returns>
    public static async Task<string> MeasureAsync(double gigabytes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var near = new TcpClient { NoDelay = true };
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var far = await listener.AcceptTcpClientAsync();
        using var certificate = Certificate();
        await using var client = new SslStream(near.GetStream());
        await using var server = new SslStream(far.GetStream());
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(certificate),
            client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            }));

        Carry(client, server, 200_000_000); // compiled and warm
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        Carry(client, server, (long)(gigabytes * 1e9));
        var used = Process.GetCurrentProcess().TotalProcessorTime - before;
        return (used.TotalSeconds / gigabytes).ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static void Carry(SslStream from, SslStream to, long bytes)
    {
        var reader = new Thread(() =>
        {
            var buffer = new byte[RecordSize];
            for (var left = bytes; left > 0;) left -= to.Read(buffer);
        });
        reader.Start();
        var record = new byte[RecordSize];
        for (var left = bytes; left > 0; left -= RecordSize) from.Write(record);
        reader.Join();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
