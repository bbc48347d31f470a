using System.Buffers.Text;
using System.Security.Cryptography;

namespace LocalControlPlane.Authentication;

/// <summary>Secrets that the server makes once and keeps: the administrator's token,
/// the key of service accounts' tokens.</summary>
internal static class TokenFile
{
    private const int Bytes = 32;

    public static string Open(string path)
    {
        if (!File.Exists(path)) PrivateFile.Write(path, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)) + "\n");
        return File.ReadAllText(path).Trim();
    }
}
