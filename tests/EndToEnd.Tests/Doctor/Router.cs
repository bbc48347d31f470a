using EndToEnd.Tests.Network;
using TestSupport.Processes;

namespace EndToEnd.Tests.Doctor;

/// <summary>
/// A router on the inside host whose outside address is one of carrier-grade NAT (RFC 6598), and which says so by NAT-PMP (RFC
/// 6886 3.2), as home routers do. miniupnpd says nothing at all in that place.
/// </summary>
internal static class Router
{
    private const string Program = """
        import socket, struct, sys
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind((sys.argv[1], 5351))
        print("listens", flush=True)
        while True:
            request, peer = server.recvfrom(64)
            if request[:2] == b"\x00\x00":
                server.sendto(struct.pack("!BBHI4s", 0, 128, 0, 1000, socket.inet_aton("100.64.7.9")), peer)
        """;

    public static async Task<ChildProcess> StartAsync(Laboratory laboratory)
    {
        var process = laboratory.Inside.Start(
            laboratory.Folder.File("router.log"),
            "/usr/bin/python3",
            laboratory.Folder.Write("router.py", Program),
            Laboratory.InsideHost.ToString());
        await process.WaitForOutputAsync("listens", TimeSpan.FromSeconds(60));
        return process;
    }
}
