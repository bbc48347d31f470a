namespace SstpTransport.Netlink;

/// <summary>Kinds of rtnetlink message (linux/rtnetlink.h).</summary>
internal enum RouteMessageType : ushort
{
    Error = 2,        // NLMSG_ERROR; an acknowledgement when the error is 0
    Done = 3,         // NLMSG_DONE, end of a list
    NewLink = 16,     // RTM_NEWLINK
    NewAddress = 20,  // RTM_NEWADDR
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,    // RTM_NEWROUTE
    DeleteRoute = 25,
    GetRoute = 26,
}
