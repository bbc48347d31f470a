using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace LocalControlPlane.Tests.Serving;

/// <summary>A client that trusts the authority of one data folder, and no other.</summary>
internal static class TrustedClient
{
    public static HttpClient Create(Uri endpoint, string dataFolder, string? token, X509Certificate2? certificate = null)
    {
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(dataFolder, "pki/ca.crt")));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            presented is X509Certificate2 leaf && Trusts(authority, leaf);
        if (certificate is not null) handler.SslOptions.ClientCertificates = [certificate];
        var client = new HttpClient(handler) { BaseAddress = endpoint };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("the-test/1.0");
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static bool Trusts(X509Certificate2 authority, X509Certificate2 leaf)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf) && leaf.MatchesHostname("127.0.0.1");
    }
}
