using SstpClient.Probe.Reports;
using SstpProtocol;
using SstpProtocol.Sstp;
using SstpProtocol.Sstp.Messages;

namespace SstpClient.Probe.Steps;

/// <summary>Step 5: CALL_CONNECT_REQUEST, the answer to it, and an orderly good-bye (MS-SSTP 3.2.5.3.1).</summary>
internal static class SstpConnect
{
    /// <param name="surplus">What was read already.</param>
    /// <exception cref="ProbeException">The answer is no SSTP, or none came.</exception>
    public static async Task<SstpFindings> RunAsync(Stream stream, ReadOnlyMemory<byte> surplus, CancellationToken timeout)
    {
        var request = new byte[CallConnectRequest.Length];
        CallConnectRequest.Write(request);
        await stream.WriteAsync(request, timeout);
        await stream.FlushAsync(timeout);

        var findings = Judge(await ReadPacketAsync(stream, surplus, timeout));
        if (findings.Answer == "ack")
        {
            var farewell = new byte[CallDisconnect.Length];
            CallDisconnect.Write(farewell);
            await stream.WriteAsync(farewell, timeout);
            await stream.FlushAsync(timeout);
        }

        return findings;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadPacketAsync(
        Stream stream, ReadOnlyMemory<byte> surplus, CancellationToken timeout)
    {
        var buffer = new byte[Math.Max(SstpHeader.MaxLength, surplus.Length)];
        surplus.CopyTo(buffer);
        for (var length = surplus.Length; ;)
        {
            var status = SstpHeader.TryRead(buffer.AsSpan(0, length), out var header);
            if (status == ReadStatus.Malformed || (status == ReadStatus.Complete && !header.IsControl))
                throw new ProbeException("what follows the HTTP answer is not SSTP's answer to a call");
            if (status == ReadStatus.Complete && length >= header.Length) return buffer.AsMemory(0, header.Length);

            var read = await stream.ReadAsync(buffer.AsMemory(length), timeout);
            if (read == 0) throw new ProbeException("the server closed the connection instead of answering the call");
            length += read;
        }
    }

    private static SstpFindings Judge(ReadOnlyMemory<byte> packet)
    {
        if (!ControlMessage.TryRead(packet.Span, out var message))
            throw new ProbeException("the answer to the call is malformed");

        var status = StatusInfoAttribute.Find(message.Attributes)?.Status.ToString();
        return message.Type switch
        {
            SstpMessageType.CallConnectAck when CallConnectAck.TryRead(message, out var binding) =>
                new SstpFindings("ack", NamesOf(binding.Hashes), null),
            SstpMessageType.CallConnectAck =>
                throw new ProbeException("the server's CALL_CONNECT_ACK has no Crypto Binding Request"),
            SstpMessageType.CallConnectNak => new SstpFindings("nak", [], status),
            SstpMessageType.CallAbort => new SstpFindings("abort", [], status),
            _ => new SstpFindings("other", [], message.Type.ToString()),
        };
    }

    private static List<string> NamesOf(SstpHash hashes)
    {
        var names = new List<string>();
        if (hashes.HasFlag(SstpHash.Sha256)) names.Add("sha256");
        if (hashes.HasFlag(SstpHash.Sha1)) names.Add("sha1");
        return names;
    }
}
