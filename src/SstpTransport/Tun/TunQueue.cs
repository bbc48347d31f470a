using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SstpProtocol.Ip.Offload;
using SstpTransport.Linux;
using SstpTransport.Polling;

namespace SstpTransport.Tun;

/// <summary>One queue of a <see cref="TunDevice"/>: whole IP packets in and out, without waiting.</summary>
/// <remarks>
/// <see cref="Read"/> belongs to one thread; <see cref="Write(ReadOnlySpan{byte})"/> may be called from any. No call may run
/// during or after disposal: <see cref="Detach"/> the reader first.
/// </remarks>
public sealed unsafe class TunQueue : IDisposable
{
    /// <summary>A buffer of this size holds any packet the device can hand over.</summary>
    public const int MaxPacketLength = 65535;

    private readonly string _device;
    private readonly SafeFileHandle _handle;
    private readonly int _descriptor;

    internal TunQueue(string device, SafeFileHandle handle)
    {
        _device = device;
        _handle = handle;
        // Taken once: a SafeHandle costs two interlocked operations a call, and there is a call a packet.
        _descriptor = (int)handle.DangerousGetHandle();
    }

    /// <summary>Takes the next packet that was routed into the device.</summary>
    /// <param name="packet">Room for the packet; what does not fit is cut off by the kernel.
    /// With offloads give <see cref="MaxPacketLength"/>.</param>
    /// <param name="offload">What the kernel has left to do; nothing when the device was opened without offloads.</param>
    /// <returns>The packet's length in bytes, or 0 when none is waiting.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public int Read(Span<byte> packet, out OffloadHeader offload)
    {
        var header = stackalloc byte[OffloadHeader.Size];
        fixed (byte* buffer = packet)
        {
            var parts = stackalloc LibC.Buffer[2]
            {
                new LibC.Buffer { Start = header, Length = OffloadHeader.Size },
                new LibC.Buffer { Start = buffer, Length = (nuint)packet.Length },
            };
            while (true)
            {
                var count = LibC.Read(_descriptor, parts, 2);
                if (count >= OffloadHeader.Size)
                {
                    offload = OffloadHeader.Read(new ReadOnlySpan<byte>(header, OffloadHeader.Size));
                    return (int)count - OffloadHeader.Size;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case ErrorNumber.Interrupted: continue;
                    case ErrorNumber.TryAgain:
                        offload = default;
                        return 0;
                    default: throw Gone("Reading from");
                }
            }
        }
    }

    /// <summary>Gives the kernel one whole IPv4 or IPv6 packet as if it had come in on the device.</summary>
    /// <returns>False when the kernel did not take it: no room, the device is down, or not an IP packet.
    /// The packet is lost.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public bool Write(ReadOnlySpan<byte> packet) => Write(default, packet);

    /// <summary>Gives the kernel a packet, or several of a flow as one, with what is left to do on it.</summary>
    /// <param name="offload">Of a kind that <see cref="TunDevice.Offloads"/> has.</param>
    /// <param name="packet">At most <see cref="MaxPacketLength"/> bytes.</param>
    /// <returns>False when the kernel did not take it.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public bool Write(in OffloadHeader offload, ReadOnlySpan<byte> packet)
    {
        var header = stackalloc byte[OffloadHeader.Size];
        offload.Write(new Span<byte>(header, OffloadHeader.Size));
        fixed (byte* buffer = packet)
        {
            var parts = stackalloc LibC.Buffer[2]
            {
                new LibC.Buffer { Start = header, Length = OffloadHeader.Size },
                new LibC.Buffer { Start = buffer, Length = (nuint)packet.Length },
            };
            while (true)
            {
                if (LibC.Write(_descriptor, parts, 2) >= 0) return true;

                switch (Marshal.GetLastPInvokeError())
                {
                    case ErrorNumber.Interrupted: continue;
                    case ErrorNumber.TryAgain or ErrorNumber.InputOutput or ErrorNumber.Invalid
                        or ErrorNumber.OutOfMemory or ErrorNumber.NoBufferSpace: return false;
                    default: throw Gone("Writing to");
                }
            }
        }
    }

    /// <summary>Has <paramref name="reader"/> told whenever there are packets to read, for as long as there are.</summary>
    public void Attach(Poller poller, IPolled reader) => poller.Add(_descriptor, PollEvents.Readable, reader);

    /// <summary>The same for a reader whose packets are for all that the poller does besides.</summary>
    public void AttachShared(Poller poller, ISharedPolled reader) => poller.AddShared(_descriptor, reader);

    /// <summary>Ends that; before disposal.</summary>
    public void Detach(Poller poller) => poller.Remove(_descriptor);

    public void Dispose() => _handle.Dispose();

    private const string RemovedAdvice = "Someone removed the device; restart the program.";

    private SystemCallException Gone(string attempt) =>
        SystemCallException.FromLastError($"{attempt} the tunnel device {_device}", RemovedAdvice);
}
