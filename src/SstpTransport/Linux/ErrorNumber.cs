namespace SstpTransport.Linux;

/// <summary>The values of errno this code decides by (Linux, asm-generic/errno-base.h and errno.h;
/// the same on x64 and arm64).</summary>
internal static class ErrorNumber
{
    public const int NotPermitted = 1;          // EPERM
    public const int NoSuchEntry = 2;           // ENOENT
    public const int NoSuchProcess = 3;         // ESRCH: netlink's word for "no such route"
    public const int Interrupted = 4;           // EINTR
    public const int InputOutput = 5;           // EIO
    public const int NoSuchDeviceOrAddress = 6; // ENXIO
    public const int TryAgain = 11;             // EAGAIN
    public const int OutOfMemory = 12;          // ENOMEM
    public const int AccessDenied = 13;         // EACCES
    public const int Busy = 16;                 // EBUSY
    public const int Exists = 17;               // EEXIST
    public const int NoSuchDevice = 19;         // ENODEV
    public const int Invalid = 22;              // EINVAL
    public const int AddressNotAvailable = 99;  // EADDRNOTAVAIL
    public const int NoBufferSpace = 105;       // ENOBUFS
}
