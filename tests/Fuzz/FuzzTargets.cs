using Fuzz.Engine;
using Fuzz.Targets.Authentication;
using Fuzz.Targets.ControlPlane;
using Fuzz.Targets.Decoy;
using Fuzz.Targets.Dhcp;
using Fuzz.Targets.Dns;
using Fuzz.Targets.Files;
using Fuzz.Targets.Http;
using Fuzz.Targets.Ip;
using Fuzz.Targets.Ppp;
using Fuzz.Targets.RouterAdvertisement;
using Fuzz.Targets.Routers;
using Fuzz.Targets.Sessions;
using Fuzz.Targets.Sstp;
using Fuzz.Targets.Tls;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Chap;
using SstpProtocol.Ppp.Authentication.Eap;
using SstpProtocol.Ppp.Authentication.MsChap;
using SstpProtocol.Ppp.Authentication.Pap;

namespace Fuzz;

/// <summary>Every target there is.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new SstpHeaderTarget(),
        new ControlMessageTarget(),
        new PreambleRequestTarget(),
        new PreambleResponseTarget(),
        new ClientHelloTarget(),
        new PppFrameTarget(),
        new ControlPacketTarget(),
        new ServerLinkTarget(),
        new ClientLinkTarget(),
        new AuthenticationPacketTarget(),
        new MsChapV2MessageTarget(),
        new AuthenticatorTarget("pap-authenticator", AuthenticationMethod.Pap, typeof(PapAuthenticator)),
        new AuthenticatorTarget(
            "chap-authenticator", AuthenticationMethod.ChapMd5, typeof(ChapMd5Authenticator), typeof(ChapAuthenticator)),
        new AuthenticatorTarget(
            "mschapv2-authenticator", AuthenticationMethod.MsChapV2, typeof(MsChapV2Authenticator), typeof(ChapAuthenticator)),
        new AuthenticatorTarget(
            "eap-authenticator", AuthenticationMethod.Eap, typeof(EapAuthenticator), typeof(EapMsChapV2Method)),
        new AuthenticatingPeerTarget("pap-peer", AuthenticationMethod.Pap, typeof(PapPeer)),
        new AuthenticatingPeerTarget("chap-peer", AuthenticationMethod.ChapMd5, typeof(ChapMd5Peer)),
        new AuthenticatingPeerTarget("mschapv2-peer", AuthenticationMethod.MsChapV2, typeof(MsChapV2Peer)),
        new AuthenticatingPeerTarget("eap-peer", AuthenticationMethod.Eap, typeof(EapPeer), typeof(EapMsChapV2PeerMethod)),
        new DhcpInformTarget(),
        new DhcpAnswerTarget(),
        new ClasslessRoutesTarget(),
        new DomainNamesTarget(),
        new RouterSolicitationTarget(),
        new RouterAdvertisementTarget(),
        new Ipv4HeaderTarget(),
        new Ipv6HeaderTarget(),
        new UdpDatagramTarget(),
        new TcpMssTarget(),
        new PacketJoinerTarget(),
        new SuperPacketTarget(),
        new SourceCheckTarget(),
        new DnsQueryTarget(),
        new DnsAnswerTarget(),
        new DnsMessageTarget(),
        new RequestHeadTarget(),
        new RequestBodyTarget(),
        new NatPmpTarget(),
        new PcpTarget(),
        new SsdpAnswerTarget(),
        new ResolvConfTarget(),
        new UsersFileTarget(),
        new GatewayFileTarget(),
        new CelTextTarget(),
        new FieldsV1Target(),
        new JsonPathTarget(),
        new ProtobufBodyTarget(),
        new ServerSessionTarget(),
        new ClientSessionTarget(),
    ];

    public static FuzzTarget Named(string name) => All.Single(target => target.Name == name);
}
