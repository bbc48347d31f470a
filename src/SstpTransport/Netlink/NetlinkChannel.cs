using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SstpTransport.Linux;

namespace SstpTransport.Netlink;

/// <summary>Sends rtnetlink requests and reads their answers, one after the other.</summary>
internal sealed unsafe class NetlinkChannel : IDisposable
{
    // The kernel fills at most 32 KiB per message of a list (netlink(7), rtnl dumps).
    private const int ReceiveBufferSize = 65536;

    private readonly SafeFileHandle _socket;
    private readonly byte[] _received = new byte[ReceiveBufferSize];
    private uint _sequence;

    private NetlinkChannel(SafeFileHandle socket) => _socket = socket;

    public delegate void AnswerReader(ReadOnlySpan<byte> answer);

    public static NetlinkChannel Open()
    {
        var socket = LibC.Socket(LibC.AddressFamilyNetlink, LibC.SocketRaw | LibC.SocketCloseOnExec, LibC.NetlinkRoute);
        if (socket.IsInvalid) throw SystemCallException.FromLastError("Opening a netlink socket");
        return new NetlinkChannel(socket);
    }

    /// <summary>Sends a change and waits for the kernel's verdict.</summary>
    /// <param name="attempt">What is tried, in words, for the error message.</param>
    public void Request(NetlinkMessage message, string attempt) => Exchange(message, attempt, null);

    /// <summary>Sends a request for a list; <paramref name="reader"/> gets each entry, from its fixed body on.</summary>
    public void List(NetlinkMessage message, string attempt, AnswerReader reader) => Exchange(message, attempt, reader);

    public void Dispose() => _socket.Dispose();

    private void Exchange(NetlinkMessage message, string attempt, AnswerReader? reader)
    {
        var sequence = ++_sequence;
        Send(message.Finish(sequence), attempt);
        while (!ReadAnswers(Receive(attempt), sequence, attempt, reader))
        {
        }
    }

    /// <returns>True when the answer is complete.</returns>
    private static bool ReadAnswers(ReadOnlySpan<byte> datagram, uint sequence, string attempt, AnswerReader? reader)
    {
        while (datagram.Length >= NetlinkMessage.HeaderSize)
        {
            var length = BitConverter.ToInt32(datagram);
            if (length < NetlinkMessage.HeaderSize || length > datagram.Length) return false;

            var body = datagram[NetlinkMessage.HeaderSize..length];
            if (BitConverter.ToUInt32(datagram[8..]) == sequence)
            {
                switch ((RouteMessageType)BitConverter.ToUInt16(datagram[4..]))
                {
                    case RouteMessageType.Error when body.Length >= sizeof(int):
                        var error = -BitConverter.ToInt32(body);
                        return error == 0 ? true : throw new SystemCallException(attempt, error);
                    case RouteMessageType.Done:
                        return true;
                    default:
                        reader?.Invoke(body);
                        break;
                }
            }

            datagram = datagram[Math.Min(NetlinkMessage.Align(length), datagram.Length)..];
        }

        return false;
    }

    private void Send(ReadOnlySpan<byte> request, string attempt)
    {
        fixed (byte* buffer = request)
        {
            while (LibC.Send(_socket, buffer, (nuint)request.Length, 0) < 0)
            {
                if (Marshal.GetLastPInvokeError() != ErrorNumber.Interrupted) throw SystemCallException.FromLastError(attempt);
            }
        }
    }

    private ReadOnlySpan<byte> Receive(string attempt)
    {
        fixed (byte* buffer = _received)
        {
            while (true)
            {
                var count = LibC.Receive(_socket, buffer, ReceiveBufferSize, 0);
                if (count >= 0) return _received.AsSpan(0, (int)count);
                if (Marshal.GetLastPInvokeError() != ErrorNumber.Interrupted) throw SystemCallException.FromLastError(attempt);
            }
        }
    }
}
