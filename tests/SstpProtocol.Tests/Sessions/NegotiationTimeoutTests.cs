using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Sessions;

namespace SstpProtocol.Tests.Sessions;

/// <summary>A minute for the whole negotiation, and words for what was missing when it was over.</summary>
public sealed class NegotiationTimeoutTests
{
    [Fact]
    public void Names_the_call_connect_request_that_did_not_come()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.IsCut = true;

        AssertTimesOut(pair, "the client sent no CALL_CONNECT_REQUEST");
    }

    [Fact]
    public void Names_the_authentication_that_did_not_end()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.Judges = false;

        AssertTimesOut(pair, "the client did not finish LCP and authentication");
    }

    [Fact]
    public void Names_the_call_connected_that_did_not_come()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.ClientPacketArrives = packet => !Wire.IsControl(packet, 0x0004);

        AssertTimesOut(pair, "the client sent no CALL_CONNECTED");
    }

    [Fact]
    public void A_client_without_an_address_in_time_hangs_up_and_says_why()
    {
        var pair = SessionPair.Silent(AuthenticationMethod.MsChapV2);
        pair.IsCut = true;

        pair.Advance(TimeSpan.FromSeconds(70));

        Assert.Equal(new SessionEnd(SessionEndCause.NegotiationTimeout, "the server gave no address in time"), pair.Client.End);
    }

    private static void AssertTimesOut(SessionPair pair, string missing)
    {
        pair.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Null(pair.Server.End);
        pair.IsCut = true;
        pair.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(SessionEndCause.NegotiationTimeout, pair.Server.End?.Cause);
        Assert.EndsWith(missing, pair.Server.End?.Detail, StringComparison.Ordinal);
    }
}
