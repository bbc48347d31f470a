using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TestSupport.Namespaces;

namespace EndToEnd.Tests.DataPath.Captures;

/// <summary>Sends packets into a tunnel device just as they are, past the host's own stack.</summary>
public sealed class PacketInjector : IDisposable
{
    private readonly Socket _socket;
    private readonly DeviceEndPoint _device4;
    private readonly DeviceEndPoint _device6;

    private PacketInjector(Socket socket, int device) =>
        (_socket, _device4, _device6) = (socket, new DeviceEndPoint(device, 0x0800), new DeviceEndPoint(device, 0x86DD));

    public static async Task<PacketInjector> OpenAsync(NetworkNamespace @namespace, string device)
    {
        // "7: tun0: <POINTOPOINT,..."
        var line = await @namespace.IpAsync("-oneline", "link", "show", "dev", device);
        var index = int.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return new PacketInjector(
            NamespaceEntry.Run(
                @namespace.Name, () => new Socket(AddressFamily.Packet, SocketType.Dgram, ProtocolType.Unspecified)),
            index);
    }

    /// <param name="packet">An IP packet, or what calls itself one; no longer than the device's MTU.</param>
    public void Send(byte[] packet) => _socket.SendTo(packet, packet[0] >> 4 == 6 ? _device6 : _device4);

    public void Dispose() => _socket.Dispose();

    /// <summary>struct sockaddr_ll (packet(7)): a device and the protocol of what is sent there.</summary>
    private sealed class DeviceEndPoint(int device, ushort protocol) : EndPoint
    {
        private const int Size = 20;

        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, Size);
            BinaryPrimitives.WriteUInt16BigEndian(address.Buffer.Span[2..], protocol);
            BinaryPrimitives.WriteInt32LittleEndian(address.Buffer.Span[4..], device);
            return address;
        }
    }
}
