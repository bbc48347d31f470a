namespace SstpTransport.Polling;

/// <summary>What can happen to a descriptor (the EPOLL constants of sys/epoll.h).</summary>
[Flags]
public enum PollEvents : uint
{
    None = 0,

    /// <summary>EPOLLIN: there is something to read.</summary>
    Readable = 0x1,

    /// <summary>EPOLLOUT: there is room to write.</summary>
    Writable = 0x4,

    /// <summary>EPOLLERR.</summary>
    Error = 0x8,

    /// <summary>EPOLLHUP.</summary>
    HangUp = 0x10,

    /// <summary>EPOLLRDHUP: the peer sends no more.</summary>
    PeerClosed = 0x2000,

    /// <summary>EPOLLET: told once a change, not for as long as it lasts.</summary>
    OncePerChange = 0x8000_0000,
}
