using Fuzz.Engine;
using SstpProtocol;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.Messages;

namespace Fuzz.Targets.Sstp;

/// <summary>Control packets as the stream's framing gives them, with every attribute and every message of MS-SSTP 2.2.</summary>
internal sealed class ControlMessageTarget : FuzzTarget
{
    public override string Name => "sstp-control";

    public override IReadOnlyList<Type> Readers =>
    [
        typeof(ControlMessage), typeof(SstpAttributes), typeof(SstpAttribute), typeof(EncapsulatedProtocolAttribute),
        typeof(StatusInfoAttribute), typeof(CryptoBindingRequestAttribute), typeof(CryptoBindingAttribute),
        typeof(CallConnectRequest), typeof(CallConnectAck), typeof(CallConnected),
    ];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override void Repair(Span<byte> input)
    {
        if (input.Length is >= SstpHeader.Size and <= SstpHeader.MaxLength)
            new SstpHeader(IsControl: true, input.Length).Write(input);
    }

    public override bool Run(ReadOnlySpan<byte> input)
    {
        ControlMessage.TypeOf(input);
        if (!ControlMessage.TryRead(input, out var message)) return false;

        Oracle.Within(input, message.Packet, "the packet is not the input");
        var length = ControlMessage.HeaderSize;
        var count = 0;
        foreach (var attribute in message.Attributes)
        {
            Oracle.Within(input, attribute.Value, "an attribute outside its packet");
            ReadValue(input, attribute);
            length += attribute.Length;
            count++;
        }

        Oracle.Holds(length == input.Length && count == message.Attributes.Count, "attributes do not fill the packet");
        ReadMessage(input, message);
        return true;
    }

    private static void ReadValue(ReadOnlySpan<byte> input, SstpAttribute attribute)
    {
        EncapsulatedProtocolAttribute.TryRead(attribute.Value, out _);
        StatusInfoAttribute.TryRead(attribute.Value, out _);
        if (CryptoBindingAttribute.TryRead(attribute.Value, out var binding))
        {
            Oracle.Within(input, binding.Nonce, "a nonce outside its packet");
            Oracle.Within(input, binding.CertificateHash, "a certificate hash outside its packet");
            Oracle.Within(input, binding.CompoundMac, "a compound MAC outside its packet");
            _ = binding.Hash;
        }
    }

    private static void ReadMessage(ReadOnlySpan<byte> input, ControlMessage message)
    {
        StatusInfoAttribute.Find(message.Attributes);

        if (CallConnected.Read(message, out _) is null)
            Oracle.Holds(input.Length == CallConnected.Length, "CALL_CONNECTED accepted with another length than its own");

        if (CallConnectAck.TryRead(message, out var request))
        {
            Span<byte> written = stackalloc byte[CallConnectAck.Length];
            CallConnectAck.Write(written, request.Hashes, request.Nonce);
            Oracle.Holds(
                ControlMessage.TryRead(written, out var again) && CallConnectAck.TryRead(again, out var read)
                    && read.Hashes == request.Hashes && read.Nonce.SequenceEqual(request.Nonce),
                "CALL_CONNECT_ACK reads otherwise than it writes");
        }

        var nak = new CallConnectNakWriter(stackalloc byte[CallConnectNakWriter.MaxLength]);
        CallConnectRequest.Review(message, ref nak);
        var refusal = nak.Finish();
        Oracle.Holds(
            SstpHeader.TryRead(refusal, out var header) == ReadStatus.Complete && header.Length == refusal.Length
                && ControlMessage.TryRead(refusal, out var sent) && sent.Attributes.Count == nak.Count,
            "a CALL_CONNECT_NAK that is none");
    }
}
