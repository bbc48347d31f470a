using System.Text;
using SstpProtocol;
using SstpProtocol.Http;

namespace Bench.Microbenchmarks;

/// <summary>The HTTP request of a client, as the first thing inside TLS.</summary>
internal sealed record RequestRecognised() : Microbenchmark("SSTP request recognised", 0)
{
    private readonly byte[] _request = Encoding.ASCII.GetBytes(
        "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\nHost: vpn.example.org\r\n" +
        "Content-Length: 18446744073709551615\r\nSSTPCORRELATIONID: {0A1B2C3D-0000-4000-8000-1234567890AB}\r\n\r\n");

    public override bool IsRight() =>
        PreambleReader.TryRead(_request, out var request, out var consumed) == ReadStatus.Complete &&
        request.Kind == PreambleKind.Sstp && consumed == _request.Length;

    public override void Repeat(int times)
    {
        for (var i = 0; i < times; i++) PreambleReader.TryRead(_request, out _, out _);
    }
}
