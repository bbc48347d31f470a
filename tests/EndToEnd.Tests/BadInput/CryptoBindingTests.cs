using EndToEnd.Tests.RawClient;
using TestSupport.Prerequisites;
using Xunit.Abstractions;

namespace EndToEnd.Tests.BadInput;

/// <summary>CALL_CONNECTED with one thing wrong, each with the status of MS-SSTP 3.3.5.2.3.</summary>
public sealed class CryptoBindingTests(BadInputSite site, ITestOutputHelper report) : BadInputScenario(site, report)
{
    private const byte StatusInfo = 2;
    private const byte CryptoBinding = 3;
    private const byte ValueNotSupported = 4;
    private const byte AttributeNotSupported = 9;

    [RequiresFact("ip", "ping")]
    public async Task A_wrong_compound_MAC_is_refused()
    {
        await RefusesAsync(packet => packet[80] ^= 1, CryptoBinding, ValueNotSupported);
        await WaitForLogAsync("with another key than log-in gave");
    }

    [RequiresFact("ip", "ping")]
    public Task A_wrong_last_octet_of_the_compound_MAC_is_refused() =>
        RefusesAsync(packet => packet[111] ^= 1, CryptoBinding, ValueNotSupported);

    [RequiresFact("ip", "ping")]
    public Task A_wrong_nonce_is_refused() => RefusesAsync(packet => packet[16] ^= 1, CryptoBinding, ValueNotSupported);

    [RequiresFact("ip", "ping")]
    public async Task The_hash_of_another_certificate_is_refused()
    {
        await RefusesAsync(packet => packet[48] ^= 1, CryptoBinding, ValueNotSupported);
        await WaitForLogAsync("another TLS certificate");
    }

    [RequiresFact("ip", "ping")]
    public async Task A_hash_protocol_that_is_none_or_several_is_refused()
    {
        foreach (var hash in new byte[] { 0, 3, 4, 0xFF })
            await RefusesAsync(packet => packet[15] = hash, CryptoBinding, ValueNotSupported);
    }

    [RequiresFact("ip", "ping")]
    public Task A_missing_crypto_binding_is_refused() =>
        RefusesAsync(Octets.Control(4, 0, []), StatusInfo, AttributeNotSupported);

    [RequiresFact("ip", "ping")]
    public Task A_crypto_binding_that_is_too_short_is_refused() =>
        RefusesAsync(Octets.Control(4, 1, [0, 3, 0, 0x24, .. new byte[32]]), StatusInfo, AttributeNotSupported);

    [RequiresFact("ip", "ping")]
    public Task Status_Info_in_place_of_the_crypto_binding_is_refused() =>
        RefusesAsync(Octets.Control(4, 1, Octets.Hex("0002000C 000000 00 00000000")), StatusInfo, AttributeNotSupported);

    private async Task RefusesAsync(Action<byte[]> spoil, byte about, byte status)
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        var packet = logIn.CallConnected();
        spoil(packet);
        await logIn.Call.SendAsync(packet);
        await ExpectAbortAsync(logIn, about, status);
    }

    private async Task RefusesAsync(byte[] packet, byte about, byte status)
    {
        await using var logIn = await RawLogIn.AuthenticateAsync(Attacker);
        await logIn.Call.SendAsync(packet);
        await ExpectAbortAsync(logIn, about, status);
    }
}
