using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sstp.CryptoBinding;

namespace Interop.Tests.Eap;

/// <summary>
/// Our EAP authenticator behind RADIUS, so that programs which test RADIUS servers can test it.
/// Knows one user and listens on loopback.
/// </summary>
internal sealed class EapRadiusServer : IAsyncDisposable
{
    public const string Secret = "between-test-and-shim";

    private readonly string _user;
    private readonly string _password;
    private readonly bool _swapsKeys;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<string, EapExchange> _exchanges = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    /// <param name="swapsKeys">Hands out the send key as the receive key: what a test must notice.</param>
    public EapRadiusServer(string user, string password, bool swapsKeys = false)
    {
        _user = user;
        _password = password;
        _swapsKeys = swapsKeys;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync(_stopping.Token);
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), stopping);
            var request = RadiusRequest.Read(buffer.AsSpan(0, received.ReceivedBytes), Secret);
            if (Answer(request) is { } answer)
                await _socket.SendToAsync(answer, SocketFlags.None, received.RemoteEndPoint, stopping);
        }
    }

    private byte[]? Answer(RadiusRequest request)
    {
        var packet = request.EapMessage;
        var state = request.State ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        if (!_exchanges.TryGetValue(state, out var exchange))
            _exchanges[state] = exchange = new EapExchange(_user, _password, packet);

        if (exchange.Receive(packet) is not { } reply) return null;

        var attributes = new List<RadiusAttribute>(RadiusAnswer.EapMessage(reply));
        switch (exchange.State)
        {
            case AuthenticatorState.Succeeded:
                attributes.AddRange(Keys(exchange.Key, request));
                return RadiusAnswer.Write(RadiusCode.AccessAccept, request, Secret, attributes);
            case AuthenticatorState.InProgress:
                attributes.Add(new RadiusAttribute(RadiusAttributeType.State, Convert.FromHexString(state)));
                return RadiusAnswer.Write(RadiusCode.AccessChallenge, request, Secret, attributes);
            default:
                return RadiusAnswer.Write(RadiusCode.AccessReject, request, Secret, attributes);
        }
    }

    /// <summary>The halves of the crypto binding's key are the keys that RADIUS would have brought (MS-SSTP 3.3.5.2.3).</summary>
    private IEnumerable<RadiusAttribute> Keys(HigherLayerKey key, RadiusRequest request)
    {
        const int half = HigherLayerKey.Size / 2;
        var (receive, send) = (key.Octets[..half].ToArray(), key.Octets[half..].ToArray());
        if (_swapsKeys) (receive, send) = (send, receive);
        return [MppeKeyAttribute.Receive(receive, request, Secret), MppeKeyAttribute.Send(send, request, Secret)];
    }
}
