using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeApi.Credentials;

/// <summary>The credential of one user of a kubeconfig.</summary>
internal static class UserCredential
{
    /// <exception cref="CredentialException">What is written there cannot be used.</exception>
    public static ICredentialSource Of(KubeconfigEntry user, KubeconfigEntry cluster, TimeProvider time)
    {
        var certificate = Certificate(user, time);
        var header = Header(user, cluster, time);
        if (certificate is null) return header ?? FixedCredential.Anonymous;
        return header is null ? certificate : new CombinedCredential(header, certificate);
    }

    private static ICredentialSource? Header(KubeconfigEntry user, KubeconfigEntry cluster, TimeProvider time)
    {
        // As kubectl: the file wins over the token beside it, for it is the one that is renewed.
        if (user.FilePath("tokenFile") is { } file) return new TokenFile(file, time);
        if (user.Text("token") is { } token) return new FixedCredential(Credential.Bearer(token));
        if (user.Text("username") is { } name)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Text("password")}"));
            return new FixedCredential(new Credential(new AuthenticationHeaderValue("Basic", basic), null));
        }

        return user.Fields["exec"] is JsonObject exec ? new ExecPlugin(Plugin(user, exec, cluster), time) : null;
    }

    private static ICredentialSource? Certificate(KubeconfigEntry user, TimeProvider time)
    {
        if (user.Text("client-certificate-data") is { } certificate && user.Text("client-key-data") is { } key)
        {
            try
            {
                return new FixedCredential(new Credential(null, X509Certificate2.CreateFromPem(
                    Encoding.UTF8.GetString(user.Decode("client-certificate-data", certificate)),
                    Encoding.UTF8.GetString(user.Decode("client-key-data", key)))));
            }
            catch (CryptographicException e)
            {
                throw new CredentialException(
                    $"The client certificate of user {user.Name} in {user.File} cannot be used: {e.Message}", e);
            }
        }

        return user.FilePath("client-certificate") is { } certificateFile && user.FilePath("client-key") is { } keyFile
            ? new ClientCertificateFiles(certificateFile, keyFile, time)
            : null;
    }

    private static ExecPluginSettings Plugin(KubeconfigEntry user, JsonObject exec, KubeconfigEntry cluster)
    {
        var entry = user with { Fields = exec };
        var command = entry.Text("command")
            ?? throw new CredentialException($"The exec plugin of user {user.Name} in {user.File} has no command.");
        if (entry.Text("interactiveMode") == "Always")
            throw new CredentialException(
                $"The exec plugin {command} of user {user.Name} wants a terminal (interactiveMode: "
                + "Always), and there is none here.");

        var variables = (exec["env"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(variable => variable["name"] is not null)
            .ToDictionary(variable => (string)variable["name"]!, variable => (string?)variable["value"] ?? "");
        return new ExecPluginSettings(
            command.Contains('/') ? Path.GetFullPath(command, Path.GetDirectoryName(Path.GetFullPath(user.File))!) : command,
            entry.Texts("args"), variables,
            entry.Text("apiVersion") ?? "client.authentication.k8s.io/v1", entry.Text("installHint"),
            entry.Flag("provideClusterInfo") ? ClusterInfo(cluster) : null);
    }

    private static JsonObject ClusterInfo(KubeconfigEntry cluster)
    {
        var info = new JsonObject { ["server"] = cluster.Text("server") };
        foreach (var field in (string[])["tls-server-name", "certificate-authority-data", "proxy-url"])
            if (cluster.Text(field) is { } value) info[field] = value;

        if (cluster.Flag("insecure-skip-tls-verify")) info["insecure-skip-tls-verify"] = true;
        if (cluster.FilePath("certificate-authority") is { } path && File.Exists(path))
            info["certificate-authority-data"] = Convert.ToBase64String(File.ReadAllBytes(path));
        return info;
    }
}
