using EndToEnd.Tests.Network;
using TestSupport.Certificates;
using TestSupport.Processes;

namespace EndToEnd.Tests.Doctor;

/// <summary>A proxy in the gateway's namespace that opens TLS and closes it again, as virus scanners and balancers do:
/// what passes is SSTP, but another certificate is shown.</summary>
internal static class TlsProxy
{
    private const string Program = """
        import socket, ssl, sys, threading
        port, certificate, key, address = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
        outer = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        outer.load_cert_chain(certificate, key)
        inner = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        inner.check_hostname = False
        inner.verify_mode = ssl.CERT_NONE
        def pump(source, sink):
            try:
                while data := source.recv(16384):
                    sink.sendall(data)
            except OSError:
                pass
            for end in (source, sink):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        listener = socket.create_server(("", port))
        print("listens", flush=True)
        while True:
            accepted, _ = listener.accept()
            try:
                client = outer.wrap_socket(accepted, server_side=True)
                server = inner.wrap_socket(socket.create_connection((address, 443)), server_hostname="vpn.example.test")
            except OSError:
                accepted.close()
                continue
            for ends in ((client, server), (server, client)):
                threading.Thread(target=pump, args=ends, daemon=True).start()
        """;

    public static async Task<ChildProcess> StartAsync(Laboratory laboratory, int port, IssuedCertificate certificate)
    {
        var folder = laboratory.Folder;
        var process = laboratory.GatewayNamespace.Start(folder.File("proxy.log"), [
            "/usr/bin/python3",
            folder.Write("proxy.py", Program),
            $"{port}",
            folder.Write("proxy.crt", certificate.CertificatePem),
            folder.Write("proxy.key", certificate.KeyPem),
            Laboratory.Gateway.Address.ToString(),
        ]);
        await process.WaitForOutputAsync("listens", TimeSpan.FromSeconds(60));
        return process;
    }
}
