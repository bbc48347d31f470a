using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Operator.Dns.Push;
using TestSupport.Certificates;
using TestSupport.Files;

namespace Operator.Tests.Dns.Push;

public sealed class PushCertificateTests : IDisposable, ILogger
{
    private readonly TemporaryFolder _folder = new("push-certificate");
    private readonly TestAuthority _authority = new();
    private readonly List<string> _log = [];
    private readonly PushCertificate _certificate;

    public PushCertificateTests() => _certificate = new PushCertificate(_folder.File("tls.crt"), _folder.File("tls.key"), this);

    [Fact]
    public void A_renewed_one_is_shown()
    {
        var first = Write();
        Assert.Equal(first, Shown());

        Assert.Equal(Write(), Shown());
    }

    /// <summary>As the kubelet has it: links that stay, through a folder that is another one after each change.</summary>
    [Fact]
    public void A_renewed_one_in_a_mounted_Secret_is_shown()
    {
        var data = _folder.File("..data");
        foreach (var file in (string[])["tls.crt", "tls.key"])
            File.CreateSymbolicLink(_folder.File(file), Path.Combine("..data", file));

        for (var version = 1; version <= 2; version++)
        {
            var issued = _authority.Issue("push.example.com");
            var folder = Directory.CreateDirectory(_folder.File($"..version{version}")).FullName;
            File.WriteAllText(Path.Combine(folder, "tls.key"), issued.KeyPem);
            File.WriteAllText(Path.Combine(folder, "tls.crt"), issued.CertificatePem);
            File.SetLastWriteTimeUtc(Path.Combine(folder, "tls.crt"), _written.AddSeconds(version));
            File.Delete(data);
            File.CreateSymbolicLink(data, Path.GetFileName(folder));

            Assert.Equal(issued.Sha256, Shown());
        }
    }

    [Fact]
    public void The_one_before_is_shown_while_the_files_are_no_good_and_the_log_says_so_once()
    {
        var first = Write();
        Assert.Equal(first, Shown());

        File.WriteAllText(_folder.File("tls.key"), _authority.Issue("other.example.com").KeyPem);
        Touch();
        for (var i = 0; i < 20; i++) Assert.Equal(first, Shown());
        Assert.Contains("The one before stays in use", Assert.Single(_log), StringComparison.Ordinal);

        File.Delete(_folder.File("tls.crt"));
        for (var i = 0; i < 20; i++) Assert.Equal(first, Shown());
        Assert.Equal(2, _log.Count);

        Assert.Equal(Write(), Shown());
        Assert.Equal(2, _log.Count);
    }

    /// <summary>That is how a handshake ends without a line of the server's for each.</summary>
    [Fact]
    public void Without_any_nobody_gets_in_and_the_log_says_so_once()
    {
        for (var i = 0; i < 20; i++) Assert.Throws<AuthenticationException>(_certificate.Current);

        Assert.Contains("Nobody can report until", Assert.Single(_log), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Add(formatter(state, exception));

    private string Shown() =>
        _certificate.Current().TargetCertificate.GetCertHashString(HashAlgorithmName.SHA256);

    private string Write()
    {
        var issued = _authority.Issue("push.example.com");
        File.WriteAllText(_folder.File("tls.key"), issued.KeyPem);
        File.WriteAllText(_folder.File("tls.crt"), issued.CertificatePem);
        Touch();
        return issued.Sha256;
    }

    // The clock of a file system may stand still between two writes.
    private void Touch() => File.SetLastWriteTimeUtc(_folder.File("tls.crt"), _written = _written.AddSeconds(1));

    private DateTime _written = DateTime.UtcNow;
}
