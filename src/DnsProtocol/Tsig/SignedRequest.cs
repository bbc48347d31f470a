using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DnsProtocol.Tsig;

/// <summary>A request with its signature, and what is needed to judge the reply to it (RFC 8945 5).</summary>
public sealed class SignedRequest
{
    /// <summary>How far the clocks of both sides may be apart (RFC 8945 10).</summary>
    public static readonly TimeSpan Fudge = TimeSpan.FromSeconds(300);

    private readonly TsigKey _key;
    private readonly byte[] _mac;

    private SignedRequest(TsigKey key, byte[] mac, byte[] message)
    {
        _key = key;
        _mac = mac;
        Message = message;
    }

    public byte[] Message { get; }

    /// <summary>Signs a message that has no signature yet.</summary>
    public static SignedRequest Sign(byte[] message, TsigKey key, DateTimeOffset now)
    {
        DnsHeader.TryRead(message, out var header);
        var unsigned = new TsigRecord(key.AlgorithmName, now, Fudge, default, header.Id, TsigError.None, default);
        var mac = key.Mac([.. message, .. unsigned.ToVariables(key.Name)]);
        var data = (unsigned with { Mac = mac }).ToData();

        byte[] signed =
        [
            .. message, .. DnsMessageWriter.NameData(key.Name), 0, (byte)DnsRecordType.Tsig, 0, (byte)DnsQuestion.Any, 0, 0, 0, 0,
            (byte)(data.Length >> 8), (byte)data.Length, .. data,
        ];
        (header with { Additionals = (ushort)(header.Additionals + 1) }).Write(signed);
        return new SignedRequest(key, mac, signed);
    }

    /// <summary>Judges a reply to this request; a reply that is not to be believed
    /// must not be acted on, whatever it says.</summary>
    /// <param name="signature">The reply's TSIG, also when it could not be verified:
    /// BADKEY and BADSIG replies are not signed.</param>
    public TsigVerdict Judge(DnsMessage reply, DateTimeOffset now, out TsigRecord? signature)
    {
        signature = null;
        if (reply.Records is not [.., { Section: DnsSection.Additional, Type: DnsRecordType.Tsig } last])
            return TsigVerdict.NotSigned;
        if (!TsigRecord.TryRead(reply.Bytes[..(last.DataOffset + last.DataLength)], last.DataOffset, out signature))
            return TsigVerdict.Malformed;
        if (signature.Mac.IsEmpty) return TsigVerdict.NotSigned;
        if (!string.Equals(reply.OwnerOf(last), _key.Name.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ||
            signature.AlgorithmName != _key.AlgorithmName)
            return TsigVerdict.OtherKey;

        // A shortened signature is let through down to half (RFC 8945 5.2.2.1).
        var size = signature.Mac.Length;
        if (size > _key.MacSize || size < _key.MacSize / 2) return TsigVerdict.Forged;

        var signed = reply.Bytes[..last.Start].ToArray();
        (reply.Header with { Id = signature.OriginalId, Additionals = (ushort)(reply.Header.Additionals - 1) }).Write(signed);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)_mac.Length);
        var expected = _key.Mac([.. length, .. _mac, .. signed, .. signature.ToVariables(_key.Name)]);
        if (!CryptographicOperations.FixedTimeEquals(expected.AsSpan(0, size), signature.Mac.Span)) return TsigVerdict.Forged;

        return signature.Error == TsigError.BadTime || (now - signature.TimeSigned).Duration() <= signature.Fudge
            ? TsigVerdict.Verified
            : TsigVerdict.OutOfTime;
    }
}
