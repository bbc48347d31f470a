using Fuzz.Engine;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.MsChap;

namespace Fuzz.Targets.Authentication;

/// <summary>The texts of MS-CHAPv2's Success and Failure (RFC 2759 5 and 6), as a client reads them.</summary>
internal sealed class MsChapV2MessageTarget : FuzzTarget
{
    private static readonly byte[] Expected = Convert.FromHexString("407A5589115FD0D6209F510FE9C04566932CDA56");

    public override string Name => "mschapv2-message";

    public override IReadOnlyList<Type> Readers => [typeof(MsChapV2Failure), typeof(MsChapV2Success)];

    public override int MaxLength => 256;

    public override bool Run(ReadOnlySpan<byte> input)
    {
        var text = PeerEncoding.Decode(input);
        var failure = MsChapV2Failure.Read(text);
        Oracle.Holds(failure.Text.Length <= text.Length && failure.ToString().Length > 0, "more text than came");

        var proves = MsChapV2Success.Proves(text, Expected);
        Oracle.Holds(!proves || MsChapV2Success.IsWellFormed(text), "a malformed proof that proves");
        Oracle.Holds(
            !proves || text.StartsWith("S=407A5589115FD0D6209F510FE9C04566932CDA56", StringComparison.Ordinal),
            "a proof that is none");
        return proves;
    }
}
