namespace KubeApi.Credentials;

/// <summary>A bearer token in a file that somebody else renews: the kubelet does so at 80 % of its life.</summary>
public sealed class TokenFile(string path, TimeProvider time) : CredentialFiles($"The token file {path}", time)
{
    protected override Credential Read()
    {
        var token = File.ReadAllText(path).Trim();
        return token.Length > 0 ? Credential.Bearer(token) : throw new CredentialException("it is empty");
    }
}
