using EndToEnd.Tests.Programs;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.Tls;

/// <summary>Which handshakes the gateway takes part in. The certificate is ECDSA.</summary>
public sealed class PolicyTests(Site site, ITestOutputHelper report) : Scenario(report, site), IClassFixture<Site>
{
    private const byte Alert = 0x15;
    private const byte Handshake = 0x16;

    // Alert descriptions (RFC 5246 7.2).
    private const byte HandshakeFailure = 40;
    private const byte ProtocolVersion = 70;

    private const ushort EcdheEcdsaAes128Sha = 0xC009;
    private const ushort EcdheEcdsaAes256Sha = 0xC00A;
    private const ushort EcdheEcdsaAes128Sha256 = 0xC023;
    private const ushort EcdheEcdsaAes256Sha384 = 0xC024;
    private const ushort EcdheEcdsaAes128Gcm = 0xC02B;
    private const ushort RsaAes128Gcm = 0x009C;

    [RequiresFact("ip")]
    public async Task TLS_1_2_with_forward_secrecy_and_AEAD_is_taken()
    {
        // Shows that the hello is one a server can like; the others differ from it in one thing each.
        var record = await HelloAnswer.AskAsync(Laboratory, 0x0303, EcdheEcdsaAes128Sha, EcdheEcdsaAes128Gcm);

        Assert.Equal(Handshake, record[0]);
        Assert.Equal(2, record[5]); // ServerHello (RFC 5246 7.4)
        Assert.Equal([0x03, 0x03], record[9..11]);
        var sessionIdLength = record[43];
        Assert.Equal([0xC0, 0x2B], record[(44 + sessionIdLength)..(46 + sessionIdLength)]);
    }

    [RequiresFact("ip")]
    public async Task TLS_1_1_and_older_are_refused()
    {
        await RefusesAsync(ProtocolVersion, 0x0302, EcdheEcdsaAes128Sha, EcdheEcdsaAes128Gcm);
        await RefusesAsync(ProtocolVersion, 0x0301, EcdheEcdsaAes128Sha, EcdheEcdsaAes128Gcm);
        // SSL 3.0 has no word for it.
        await RefusesAsync(HandshakeFailure, 0x0300, EcdheEcdsaAes128Sha, EcdheEcdsaAes128Gcm);
    }

    [RequiresFact("ip")]
    public Task CBC_suites_are_refused() => RefusesAsync(
        HandshakeFailure, 0x0303, EcdheEcdsaAes128Sha, EcdheEcdsaAes256Sha, EcdheEcdsaAes128Sha256, EcdheEcdsaAes256Sha384);

    [RequiresFact("ip")]
    public Task Suites_without_forward_secrecy_are_refused() => RefusesAsync(HandshakeFailure, 0x0303, RsaAes128Gcm);

    private async Task RefusesAsync(byte alert, ushort version, params ushort[] suites)
    {
        var record = await HelloAnswer.AskAsync(Laboratory, version, suites);
        Assert.Equal(Alert, record[0]);
        Assert.Equal([2, alert], record[5..7]); // fatal
    }
}
