using System.Diagnostics;
using System.Security.Cryptography;
using SstpProtocol.Sstp.Messages;

namespace SstpProtocol.Sstp.CryptoBinding;

/// <summary>Finds and words the diagnosis of a compound MAC that did not fit.</summary>
internal static class BindingDiagnosisExtensions
{
    private const int HalfKey = HigherLayerKey.Size / 2;

    /// <param name="message">A CALL_CONNECTED that passed every check but that of the compound MAC.</param>
    /// <param name="key">The key that did not fit.</param>
    public static BindingDiagnosis Diagnose(ControlMessage message, HigherLayerKey key)
    {
        Span<byte> candidate = stackalloc byte[HigherLayerKey.Size];
        candidate.Clear();
        if (key.Octets.SequenceEqual(candidate)) return BindingDiagnosis.ServerHadNoKey;
        if (Fits(message, candidate)) return BindingDiagnosis.ClientHadNoKey;

        key.Octets[..HalfKey].CopyTo(candidate);
        var diagnosis = BindingDiagnosis.NoneMatched;
        if (Fits(message, candidate))
        {
            diagnosis = BindingDiagnosis.ClientUsedReceiveKeyOnly;
        }
        else
        {
            key.Octets[HalfKey..].CopyTo(candidate);
            key.Octets[..HalfKey].CopyTo(candidate[HalfKey..]);
            if (Fits(message, candidate)) diagnosis = BindingDiagnosis.ClientUsedSendThenReceive;
        }

        CryptographicOperations.ZeroMemory(candidate);
        return diagnosis;
    }

    /// <summary>The diagnosis in words for an operator's log; a clause without a full stop.</summary>
    public static string ToText(this BindingDiagnosis diagnosis) => diagnosis switch
    {
        BindingDiagnosis.ClientHadNoKey =>
            "the client had no keys (32 zero octets); on Linux sstpc needs its pppd plug-in and a pppd with MPPE",
        BindingDiagnosis.ClientUsedReceiveKeyOnly =>
            "the client used the receive key alone, as is right for EAP-TLS with a 32-octet key only",
        BindingDiagnosis.ClientUsedSendThenReceive => "the client put its send and receive keys in the wrong order",
        BindingDiagnosis.ServerHadNoKey =>
            "this end had no keys although the client had; a RADIUS server that returned no MPPE keys is the usual cause",
        BindingDiagnosis.NoneMatched =>
            "no known mistake explains it; a log-in relayed from another connection, "
            + "or keys of an earlier attempt, would look so",
        _ => throw new UnreachableException($"BindingDiagnosis {diagnosis} has no text"),
    };

    private static bool Fits(ControlMessage message, ReadOnlySpan<byte> candidate)
    {
        if (CallConnected.Read(message, out var binding) is not null) return false;
        Span<byte> computed = stackalloc byte[CompoundMac.MaxSize];
        computed = computed[..CompoundMac.SizeOf(binding.Hash)];
        CompoundMac.Compute(binding.Hash, candidate, message.Packet, computed);
        return CryptographicOperations.FixedTimeEquals(computed, binding.CompoundMac[..computed.Length]);
    }
}
