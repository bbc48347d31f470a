using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Operator.Certificates.Challenges;
using Operator.Certificates.Ordering;
using Operator.Resources.SstpCertificates;
using TestSupport.Certificates;

namespace Operator.Tests.Certificates;

/// <summary>A look at whoever answers at an address: it may be anybody.</summary>
public sealed class AnswerProbeTests : IDisposable
{
    private const string AcmeIdentifier = "1.3.6.1.5.5.7.1.31";

    private static readonly ChallengeProgress Challenge = new(
        "vpn.office.test", ChallengeKind.TlsAlpn01, new Uri("https://ca.test/authz/1"),
        new Uri("https://ca.test/chall/1"), "token",
        new ChallengeSolver { Kind = ChallengeKind.TlsAlpn01, TlsAlpn01 = new GatewaySolver { VpnGatewayName = "office" } },
        "vpn.office.test", "token.thumbprint");

    private readonly IssuerTrap _trap = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public AnswerProbeTests() => _listener.Start();

    [Fact]
    public async Task Nothing_is_fetched_from_where_the_certificate_says_that_its_issuer_is()
    {
        var proof = Identifier([0x04, 0x20, .. SHA256.HashData(Encoding.ASCII.GetBytes(Challenge.Proof))]);

        Assert.Null(await LookAsync(proof));
        Assert.Contains("not one of a challenge", await LookAsync(), StringComparison.Ordinal);
        Assert.False(_trap.WasAsked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("0420")]
    [InlineData("0484FFFFFFFF")]
    [InlineData("2480040100040100000000")]
    [InlineData("3000")]
    [InlineData("04020000")]
    public async Task An_extension_that_cannot_be_read_is_the_certificate_of_another_challenge(string content) =>
        Assert.Contains(
            "another challenge", await LookAsync(Identifier(Convert.FromHexString(content))), StringComparison.Ordinal);

    [Fact]
    public async Task What_it_answers_goes_into_a_status_without_its_control_characters()
    {
        var served = ServeAsync(async stream =>
        {
            Assert.NotEqual(0, await stream.ReadAsync(new byte[4096]));
            await stream.WriteAsync("HTTP/1.1 \e[2J\e]0;x\a\u0008 500 no\r\n\r\n"u8.ToArray());
        });

        var missing = await ProbeAsync(Challenge with { Kind = ChallengeKind.Http01 });

        await served;
        Assert.Contains("500 no", missing, StringComparison.Ordinal);
        Assert.DoesNotContain(missing!, char.IsControl);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _trap.Dispose();
    }

    private static X509Extension Identifier(byte[] content) => new(AcmeIdentifier, content, critical: true);

    private async Task<string?> LookAsync(params X509Extension[] extensions)
    {
        using var certificate = _trap.Issue("vpn.office.test", extensions);
        var served = ServeAsync(async stream =>
        {
            await using var tls = new SslStream(stream);
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
                {
                    // Offline, or the server itself would fetch its issuer.
                    ServerCertificateContext = SslStreamCertificateContext.Create(certificate, [], offline: true),
                    ApplicationProtocols = [new SslApplicationProtocol("acme-tls/1")],
                });
            }
            catch (Exception failure) when (failure is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The probe does not like what it saw.
            }
        });

        var missing = await ProbeAsync(Challenge);
        await served;
        return missing;
    }

    private Task<string?> ProbeAsync(ChallengeProgress challenge) =>
        new AnswerProbe((_, stopping) => AnswerProbe.DialAsync((IPEndPoint)_listener.LocalEndpoint, stopping))
            .ProbeAsync(IPAddress.Loopback, challenge, CancellationToken.None);

    private async Task ServeAsync(Func<Stream, Task> answer)
    {
        using var socket = await _listener.AcceptSocketAsync();
        await using var stream = new NetworkStream(socket);
        await answer(stream);
    }
}
