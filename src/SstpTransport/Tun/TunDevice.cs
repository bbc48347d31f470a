using System.Text;
using Microsoft.Win32.SafeHandles;
using SstpTransport.Linux;

namespace SstpTransport.Tun;

/// <summary>A layer-3 tunnel device of the kernel with one or more queues, made by this process and gone with it.</summary>
/// <remarks>
/// The kernel hands packets that are routed into the device to the queues, and takes packets written to any queue as if
/// they had come in on it. A flow's packets come back on the queue that last wrote the flow. The device is not
/// persistent: closing the last queue removes it with its addresses and routes, also when the process is killed.
/// It is created down and without addresses; see <see cref="Netlink.RouteSocket"/>.
/// </remarks>
public sealed class TunDevice : IDisposable
{
    /// <summary>Longest device name in bytes (IFNAMSIZ less the terminating zero).</summary>
    public const int MaxNameLength = 15;

    /// <summary>Most queues the kernel gives one device (MAX_TAP_QUEUES).</summary>
    public const int MaxQueues = 256;

    private const string ClonePath = "/dev/net/tun";
    private const nuint SetInterface = 0x400454CA; // TUNSETIFF
    private const short FlagTun = 0x0001;          // IFF_TUN
    private const short FlagMultiQueue = 0x0100;   // IFF_MULTI_QUEUE
    private const short FlagNoPacketInfo = 0x1000; // IFF_NO_PI
    private const short FlagOffloadHeader = 0x4000; // IFF_VNET_HDR: an OffloadHeader before each packet
    private const nuint SetOffload = 0x400454D0;   // TUNSETOFFLOAD
    private const int InterfaceRequestSize = 40;   // struct ifreq on 64-bit
    private const int InterfaceRequestFlags = 16;  // offset of ifr_flags

    private readonly TunQueue[] _queues;

    private TunDevice(string name, int interfaceIndex, TunOffloads offloads, TunQueue[] queues)
    {
        Name = name;
        InterfaceIndex = interfaceIndex;
        Offloads = offloads;
        _queues = queues;
    }

    public string Name { get; }

    /// <summary>The kernel's number of the device, as netlink wants it.</summary>
    public int InterfaceIndex { get; }

    /// <summary>What the kernel leaves to the queues' reader, and takes from their writer:
    /// what was asked for, as far as it can.</summary>
    public TunOffloads Offloads { get; }

    public IReadOnlyList<TunQueue> Queues => _queues;

    /// <summary>Makes the device; fails when one of that name exists already.</summary>
    /// <param name="name">1 to <see cref="MaxNameLength"/> ASCII characters without space, slash or colon.</param>
    /// <param name="queues">1 to <see cref="MaxQueues"/>.</param>
    /// <param name="offloads">Most that is wanted; the kernel may have less.</param>
    /// <exception cref="SystemCallException">No right, no /dev/net/tun, or the name is taken.</exception>
    public static TunDevice Open(string name, int queues, TunOffloads offloads = TunOffloads.None)
    {
        if (!IsValidName(name)) throw new ArgumentException($"'{name}' cannot be the name of a network device.", nameof(name));
        ArgumentOutOfRangeException.ThrowIfLessThan(queues, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(queues, MaxQueues);

        var opened = new List<TunQueue>(queues);
        try
        {
            // A name that exists is refused by looking first: IFF_TUN_EXCL would say the same, but sticks to the device
            // and then keeps our own further queues out.
            if (LibC.InterfaceIndex(name) != 0)
                throw new SystemCallException($"Creating the tunnel device {name}", ErrorNumber.Exists,
                    "Another program, perhaps another gateway, has a device of that name: stop it or choose another name.");

            var agreed = TunOffloads.None;
            for (var i = 0; i < queues; i++)
            {
                var handle = OpenQueue(name);
                // It holds for the whole device; each further queue would only say it again.
                if (i == 0) agreed = Agree(handle, offloads);
                opened.Add(new TunQueue(name, handle));
            }

            var index = LibC.InterfaceIndex(name);
            if (index == 0) throw SystemCallException.FromLastError($"Looking up the tunnel device {name}");
            return new TunDevice(name, (int)index, agreed, [.. opened]);
        }
        catch
        {
            foreach (var queue in opened) queue.Dispose();
            throw;
        }
    }

    /// <summary>What the kernel takes as a device name (dev_valid_name), limited to printable ASCII.</summary>
    public static bool IsValidName(string name) =>
        name.Length is >= 1 and <= MaxNameLength && name is not ("." or "..") &&
        name.All(c => c is > ' ' and < (char)127 and not ('/' or ':' or '%'));

    public void Dispose()
    {
        foreach (var queue in _queues) queue.Dispose();
    }

    private static unsafe SafeFileHandle OpenQueue(string name)
    {
        var handle = LibC.Open(ClonePath, LibC.OpenReadWrite | LibC.OpenNonBlocking | LibC.OpenCloseOnExec);
        if (handle.IsInvalid)
            throw SystemCallException.FromLastError($"Opening {ClonePath}",
                "The kernel's tun driver must be loaded (modprobe tun) and, in a container, the device must be passed in.");

        var request = stackalloc byte[InterfaceRequestSize];
        new Span<byte>(request, InterfaceRequestSize).Clear();
        Encoding.ASCII.GetBytes(name, new Span<byte>(request, MaxNameLength));
        *(short*)(request + InterfaceRequestFlags) = FlagTun | FlagMultiQueue | FlagNoPacketInfo | FlagOffloadHeader;
        if (LibC.IoControl(handle, SetInterface, request) < 0)
        {
            var error = SystemCallException.FromLastError($"Creating the tunnel device {name}");
            handle.Dispose();
            throw error;
        }

        return handle;
    }

    /// <summary>Asks for the most first: kernels before 6.2 know no UDP segmentation,
    /// and some vendors' refuse even TCP's.</summary>
    private static TunOffloads Agree(SafeFileHandle handle, TunOffloads wanted)
    {
        foreach (var offloads in new[] { TunOffloads.TcpAndUdp, TunOffloads.Tcp })
        {
            if (offloads <= wanted && LibC.IoControl(handle, SetOffload, (nuint)offloads) == 0) return offloads;
        }

        return TunOffloads.None;
    }
}
