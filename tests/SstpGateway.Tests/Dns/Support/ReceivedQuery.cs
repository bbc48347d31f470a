using System.Net;

namespace SstpGateway.Tests.Dns.Support;

internal sealed record ReceivedQuery(byte[] Message, bool ByTcp, IPEndPoint Source)
{
    public string Name => WireText.QuestionName(Message);
}
