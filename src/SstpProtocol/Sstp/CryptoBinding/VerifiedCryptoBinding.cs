using System.Security.Cryptography;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>
/// Proof that the party that logged in is the end of this TLS connection. Only <see cref="Verify"/> can make one, so
/// whoever holds one need not ask whether the check was done.
/// </summary>
public sealed class VerifiedCryptoBinding
{
    private VerifiedCryptoBinding(SstpHash hash) => Hash = hash;

    /// <summary>The one hash the client chose.</summary>
    public SstpHash Hash { get; }

    /// <summary>All checks of MS-SSTP 3.3.5.2.3, the compound MAC last and in constant time.</summary>
    /// <param name="message">CALL_CONNECTED; its packet exactly as received.</param>
    /// <param name="proof">Null when the result is a fault.</param>
    /// <returns>Null, or what is wrong.</returns>
    internal static PeerFault? Verify(
        ControlMessage message, CryptoBindingExpectation expectation, HigherLayerKey key, out VerifiedCryptoBinding? proof)
    {
        proof = null;
        if (CallConnected.Read(message, out var binding) is { } malformed) return malformed;
        if (expectation.Check(binding) is { } misfit) return misfit;

        Span<byte> computed = stackalloc byte[CompoundMac.MaxSize];
        computed = computed[..CompoundMac.SizeOf(binding.Hash)];
        CompoundMac.Compute(binding.Hash, key.Octets, message.Packet, computed);
        if (!CryptographicOperations.FixedTimeEquals(computed, binding.CompoundMac[..computed.Length]))
            return PeerFault.CompoundMacMismatch;

        proof = new VerifiedCryptoBinding(binding.Hash);
        return null;
    }
}
