namespace SstpGateway.Tests.Decoy;

/// <summary>What nginx answered to some bytes; one character an octet.</summary>
/// <param name="Name">What is special about the request.</param>
/// <param name="Content">"notFound", "static" or "plainText".</param>
public sealed record NginxExchange(string Name, string Content, string Request, string Response)
{
    public override string ToString() => Name;
}
