using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SstpTransport.Linux;

namespace SstpTransport.Tun;

/// <summary>One queue of a <see cref="TunDevice"/>: whole IP packets in and out, without waiting.</summary>
/// <remarks>
/// <see cref="Read"/> and <see cref="WaitReadable"/> belong to one thread; <see cref="Write"/> and <see cref="Wake"/> may
/// be called from any. No call may run during or after disposal: stop the reader with <see cref="Wake"/> first.
/// </remarks>
public sealed unsafe class TunQueue : IDisposable
{
    /// <summary>A buffer of this size holds any packet the device can hand over.</summary>
    public const int MaxPacketLength = 65535;

    private readonly string _device;
    private readonly SafeFileHandle _handle;
    private readonly SafeFileHandle _wake;
    private readonly int _descriptor;
    private readonly int _wakeDescriptor;

    internal TunQueue(string device, SafeFileHandle handle)
    {
        _device = device;
        _handle = handle;
        _wake = LibC.EventDescriptor(0, LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (_wake.IsInvalid)
        {
            var error = SystemCallException.FromLastError("Creating an event descriptor");
            handle.Dispose();
            throw error;
        }

        // Taken once: a SafeHandle costs two interlocked operations a call, and there is a call a packet.
        _descriptor = (int)handle.DangerousGetHandle();
        _wakeDescriptor = (int)_wake.DangerousGetHandle();
    }

    /// <summary>Takes the next packet that was routed into the device.</summary>
    /// <param name="packet">Room for the packet; what does not fit is cut off by the kernel, so give the device's MTU at least.</param>
    /// <returns>The packet's length in bytes, or 0 when none is waiting.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public int Read(Span<byte> packet)
    {
        fixed (byte* buffer = packet)
        {
            while (true)
            {
                var count = LibC.Read(_descriptor, buffer, (nuint)packet.Length);
                if (count >= 0) return (int)count;

                switch (Marshal.GetLastPInvokeError())
                {
                    case ErrorNumber.Interrupted: continue;
                    case ErrorNumber.TryAgain: return 0;
                    default: throw Gone("Reading from");
                }
            }
        }
    }

    /// <summary>Gives the kernel one whole IPv4 or IPv6 packet as if it had come in on the device.</summary>
    /// <returns>False when the kernel did not take it: no room, the device is down, or not an IP packet. The packet is lost.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public bool Write(ReadOnlySpan<byte> packet)
    {
        fixed (byte* buffer = packet)
        {
            while (true)
            {
                if (LibC.Write(_descriptor, buffer, (nuint)packet.Length) >= 0) return true;

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

    /// <summary>Waits until a packet can be read.</summary>
    /// <param name="timeoutMilliseconds">-1 waits without limit.</param>
    /// <returns>False when woken by <see cref="Wake"/>, or when the time is over.</returns>
    /// <exception cref="SystemCallException">The device is gone.</exception>
    public bool WaitReadable(int timeoutMilliseconds = -1)
    {
        var descriptors = stackalloc LibC.PollDescriptor[2];
        while (true)
        {
            descriptors[0] = new LibC.PollDescriptor { Descriptor = _descriptor, Events = LibC.PollIn };
            descriptors[1] = new LibC.PollDescriptor { Descriptor = _wakeDescriptor, Events = LibC.PollIn };
            if (LibC.Poll(descriptors, 2, timeoutMilliseconds) >= 0) break;
            if (Marshal.GetLastPInvokeError() != ErrorNumber.Interrupted) throw Gone("Waiting for");
        }

        if (descriptors[1].Returned != 0)
        {
            ulong wakeUps;
            _ = LibC.Read(_wakeDescriptor, &wakeUps, sizeof(ulong)); // resets the counter; it cannot block
            return false;
        }

        if ((descriptors[0].Returned & (LibC.PollError | LibC.PollHangUp | LibC.PollInvalid)) != 0)
            throw new SystemCallException($"Waiting for the tunnel device {_device}", ErrorNumber.NoSuchDevice, RemovedAdvice);
        return descriptors[0].Returned != 0;
    }

    /// <summary>Makes the current call of <see cref="WaitReadable"/>, or the next one, return false at once.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = LibC.Write(_wakeDescriptor, &one, sizeof(ulong)); // fails only when 2^64-2 wake-ups are pending
    }

    public void Dispose()
    {
        _handle.Dispose();
        _wake.Dispose();
    }

    private const string RemovedAdvice = "Someone removed the device; restart the program.";

    private SystemCallException Gone(string attempt) =>
        SystemCallException.FromLastError($"{attempt} the tunnel device {_device}", RemovedAdvice);
}
