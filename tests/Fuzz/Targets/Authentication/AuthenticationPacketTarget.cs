using Fuzz.Engine;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;

namespace Fuzz.Targets.Authentication;

/// <summary>Packets of PAP, CHAP, MS-CHAPv2 and EAP-MSCHAPv2, each tried as any of them.</summary>
internal sealed class AuthenticationPacketTarget : FuzzTarget
{
    public override string Name => "authentication-packet";

    public override IReadOnlyList<Type> Readers =>
        [
            typeof(AuthenticationPacket), typeof(PapRequest), typeof(ChapValue),
            typeof(MsChapV2Response), typeof(EapMsChapV2Packet),
        ];

    public override AllocationPromise Allocation => AllocationPromise.Nothing;

    public override int MaxLength => 1024;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        if (!AuthenticationPacket.TryRead(input, out var packet)) return false;

        Oracle.Within(input, packet.Data, "data outside the packet");
        var data = packet.Data;
        var accepted = false;
        if (PapRequest.TryRead(data, out var request))
        {
            accepted = true;
            Oracle.Within(data, request.PeerId, "a peer-ID outside the packet");
            Oracle.Within(data, request.Password, "a password outside the packet");
        }

        accepted |= ReadChap(data);
        if (data.IsEmpty || !EapMsChapV2Packet.TryRead(data[1..], out var inner)) return accepted;

        Oracle.Within(data, inner.Data, "EAP-MSCHAPv2 data outside the packet");
        ReadChap(inner.Data);
        return true;
    }

    private static bool ReadChap(ReadOnlySpan<byte> data)
    {
        var accepted = false;
        if (ChapValue.TryRead(data, out var value))
        {
            accepted = true;
            Oracle.Within(data, value.Value, "a value outside the packet");
            Oracle.Within(data, value.Name, "a name outside the packet");
            Oracle.Holds(
                !value.Value.IsEmpty && value.Name.Length <= PeerEncoding.MaxNameLength, "a value or a name that may not be");
        }

        if (!MsChapV2Response.TryRead(data, out var response)) return accepted;

        Oracle.Within(data, response.PeerChallenge, "a peer challenge outside the packet");
        Oracle.Within(data, response.NtResponse, "an NT-Response outside the packet");
        Oracle.Within(data, response.Name, "a name outside the packet");
        Oracle.Holds(response.NtResponse.Length == MsChapV2.NtResponseSize, "an NT-Response of another size");
        return true;
    }
}
