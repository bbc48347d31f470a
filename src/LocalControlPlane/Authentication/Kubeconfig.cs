using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LocalControlPlane.Authentication;

/// <summary>The file that lets kubectl in, mode 600.</summary>
internal static class Kubeconfig
{
    /// <summary>The context that logs in by token; it is the current one.</summary>
    public const string Context = "sstp-local";

    /// <summary>The context that logs in by client certificate.</summary>
    public const string CertificateContext = "sstp-local-certificate";

    public static void Write(string path, Uri server, ServerAuthority authority, string token)
    {
        using var administrator = authority.AdministratorCertificate();
        using var key = administrator.GetECDsaPrivateKey()
            ?? throw new CryptographicException(
                "The administrator's certificate has no key; delete admin.crt and admin.key and start again.");
        PrivateFile.Write(path, $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {Context}
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Base64(authority.CertificatePem)}
            users:
            - name: {Context}
              user:
                token: {token}
            - name: {CertificateContext}
              user:
                client-certificate-data: {Base64(administrator.ExportCertificatePem())}
                client-key-data: {Base64(key.ExportPkcs8PrivateKeyPem())}
            contexts:
            - name: {Context}
              context:
                cluster: {Context}
                user: {Context}
                namespace: default
            - name: {CertificateContext}
              context:
                cluster: {Context}
                user: {CertificateContext}
                namespace: default
            current-context: {Context}

            """);
    }

    private static string Base64(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));
}
