namespace SstpProtocol.Ppp.Authentication.Eap;

/// <summary>EAP over PPP, the end that proves itself (RFC 3748).</summary>
/// <param name="identity">Sent in the Identity response; may differ from the name inside the method.</param>
/// <param name="methods">Most wanted first; belong to this exchange from here on.</param>
public sealed class EapPeer(string identity, PppFrameQueue output, IReadOnlyList<EapPeerMethod> methods) : AuthenticatingPeer
{
    private EapPeerMethod? _method;
    private byte[] _lastRequest = [];
    private byte[]? _lastResponse;

    public static EapPeer WithMsChapV2(PeerCredentials credentials, PppFrameQueue output, IRandomBytes random) =>
        new(credentials.UserName, output, [new EapMsChapV2PeerMethod(credentials, random)]);

    public override void Start(MonotonicTime now)
    {
        // The authenticator speaks first.
    }

    public override void Receive(PppProtocol protocol, ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        if (protocol != PppProtocol.Eap || State != AuthenticatorState.InProgress) return;
        if (!AuthenticationPacket.TryRead(packet, out var received)) return;

        switch ((EapCode)received.Code)
        {
            case EapCode.Request when !received.Data.IsEmpty:
                Respond(received.Identifier, received.Data);
                break;
            case EapCode.Success when _method is { IsSatisfied: true }:
                Key = _method.Key;
                State = AuthenticatorState.Succeeded;
                break;
            case EapCode.Failure:
                FailureMessage = _method?.FailureMessage ?? "the server refused without saying why (EAP-Failure)";
                State = AuthenticatorState.Failed;
                break;
        }
    }

    public override void Tick(MonotonicTime now)
    {
        // The authenticator repeats itself; how long to wait for it is the link's business.
    }

    private void Respond(byte identifier, ReadOnlySpan<byte> data)
    {
        // A repeated request gets the response it had (RFC 3748 4.1).
        if (_lastResponse is not null && _lastResponse[1] == identifier && data.SequenceEqual(_lastRequest))
        {
            output.Enqueue(PppProtocol.Eap, _lastResponse);
            return;
        }

        if (Answer((EapType)data[0], data[1..]) is not { } answer) return;

        _lastRequest = data.ToArray();
        _lastResponse = AuthenticationPacket.Create((byte)EapCode.Response, identifier, answer);
        output.Enqueue(PppProtocol.Eap, _lastResponse);
    }

    // The response's type octet and Type-Data; null to drop the request.
    private byte[]? Answer(EapType type, ReadOnlySpan<byte> typeData)
    {
        switch (type)
        {
            case EapType.Identity:
                return [(byte)EapType.Identity, .. PeerEncoding.Encode(identity)];
            case EapType.Notification:
                return [(byte)EapType.Notification];
            case EapType.Nak:
                return null;
        }

        // The first method request that is answered settles the method; until then a foreign one is answered by Nak (5.3.1).
        var method = (_method is null ? methods : [_method]).FirstOrDefault(candidate => candidate.Type == type);
        if (method is null)
            return _method is null ? [(byte)EapType.Nak, .. methods.Select(candidate => (byte)candidate.Type)] : null;

        if (method.Receive(typeData) is not { } answer) return null;

        _method = method;
        return [(byte)type, .. answer];
    }
}
