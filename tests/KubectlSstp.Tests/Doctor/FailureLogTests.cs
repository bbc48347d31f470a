using KubectlSstp.Doctor.Facts;

namespace KubectlSstp.Tests.Doctor;

public class FailureLogTests
{
    private const string Log = """
        2026-03-01T12:00:00.000Z info: SstpGateway.Sessions[2000] Call 1 of alice from 203.0.113.1:1 is up
        2026-03-01T12:00:01.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "alice" from 203.0.113.1: the password is wrong
        2026-03-01T12:00:02.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "mallory" from 203.0.113.1: the user is not in the users file
        2026-03-01T12:00:03.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "mallory" from 203.0.113.1: not judged after too many failures; held back for another 9 s
        2026-03-01T12:00:04.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "bob" from 203.0.113.1: The account is disabled
        2026-03-01T12:00:05.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "eve" from 203.0.113.1: The account has expired (2026-01-01)
        2026-03-01T12:00:06.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "tom" from 203.0.113.1: this user has a TOTP secret, and CHAP cannot carry the code; only PAP can
        2026-03-01T12:00:07.000Z warn: SstpGateway.Sessions.SessionHost[2002] Log-in failed for "kim" from 203.0.113.1: the password is right, but the TOTP code after it is not
        2026-03-01T12:00:08.000Z info: SstpGateway.Sessions.SessionHost[2001] Call 4 of alice from 203.0.113.1:7 ended after 9 s, 1 bytes from and 2 bytes to the client: PeerDisconnected: good-bye
        2026-03-01T12:00:09.000Z info: SstpGateway.Sessions.SessionHost[2001] Call 5 of nobody from 203.0.113.1:8 ended after 0 s, 0 bytes from and 0 bytes to the client: NegotiationFailed: no authentication method in common: allowed here is Eap; the peer asks for PAP
        2026-03-01T12:00:10.000Z info: SstpGateway.Sessions.SessionHost[2001] Call 6 of alice from 203.0.113.1:9 ended after 0 s, 0 bytes from and 0 bytes to the client: BindingFailed: it saw another TLS certificate
        2026-03-01T12:00:11.000Z warn: SstpGateway.Sessions.SessionHost[2004] Call 7 of alice from 203.0.113.1:9 refused: every address of addressing.pools4 is in use; add a pool
        2026-03-01T12:00:12.000Z warn: SstpGateway.Sessions.SessionHost[2004] Call 8 of alice from 203.0.113.1:9 refused: the user already has 2 calls (limits.callsPerUser)
        2026-03-01T12:00:13.000Z warn: SstpGateway.Listening[2105] Call from 203.0.113.1:9 refused: the gateway is draining; 6 others since the last such line
        2026-03-01T12:00:14.000Z info: SstpGateway.Sessions.SessionHost[2010] A call from 203.0.113.1:9 left before it said who it is (PeerDisconnected), as health checks do; 3 others since the last such line
        2026-03-01T12:00:15.000Z info: SstpGateway.Listening[2107] A connection from 203.0.113.1:9 ended before SSTP began: error:0A000418:SSL routines::tlsv1 alert unknown ca; 0 others since the last such line
        2026-03-01T12:00:16.000Z info: SstpGateway.Listening[2107] A connection from 203.0.113.9:9 ended before SSTP began: Connection reset by peer; 1 others since the last such line
        """;

    private static readonly Dictionary<FailureClass, FailureCount> Counts = FailureLog.Count(FailureLog.Read(Log))
        .ToDictionary(count => count.Class);

    [Theory]
    [InlineData("WrongPassword", 1, "alice")]
    [InlineData("UnknownUser", 1, "mallory")]
    [InlineData("HeldBack", 1, "mallory")]
    [InlineData("Disabled", 1, "bob")]
    [InlineData("Expired", 1, "eve")]
    [InlineData("UnsuitableMethod", 1, "tom")]
    [InlineData("WrongCode", 1, "kim")]
    [InlineData("NoCommonMethod", 1, "nobody")]
    [InlineData("BindingFailed", 1, "alice")]
    [InlineData("AddressesExhausted", 1, "alice")]
    [InlineData("TooManyCalls", 1, "alice")]
    [InlineData("GatewayRefuses", 7, "")]
    [InlineData("LeftBeforeLogIn", 4, "")]
    [InlineData("CertificateRefused", 1, "")]
    [InlineData("LeftBeforeSstp", 2, "")]
    public void Failures_are_counted_by_class_with_the_last_of_each(string kind, int count, string user)
    {
        var found = Counts[Enum.Parse<FailureClass>(kind)];

        Assert.Equal((count, user), (found.Count, found.Last.User));
        Assert.StartsWith("203.0.113.", found.Last.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_ended_as_calls_do_is_no_failure() => Assert.DoesNotContain(FailureClass.OtherRefusal, Counts.Keys);

    [Fact]
    public void A_log_in_json_is_read_as_well()
    {
        var found = Assert.Single(FailureLog.Read("""
            gment of a line"}
            2026-03-01T12:00:01.5Z {"EventId":2002,"LogLevel":"Warning","Category":"SstpGateway","Message":"Log-in failed for \u0022alice\u0022 from 192.0.2.7: the password is wrong","State":{}}
            {"EventId":2000,"Message":"Call 1 of alice is up"}
            """));

        Assert.Equal(
            new FailedCall(FailureClass.WrongPassword, "alice", "192.0.2.7", "2026-03-01T12:00:01.5Z", "the password is wrong"),
            found);
    }

    [Theory]
    [InlineData("2026-03-01T12:00:00.123456789Z 2026-03-01T12:00:00.123Z warn", "2026-03-01T12:00:00.123Z")]
    [InlineData("2026-03-01T12:00:00.123Z warn", "2026-03-01T12:00:00.123Z")]
    [InlineData("warn", "")]
    public void The_clusters_own_time_stands_before_the_gateways_or_is_the_only_one(string head, string at) =>
        Assert.Equal(at, Assert.Single(FailureLog.Read(
            $"{head}: SstpGateway.Sessions.SessionHost[2002] Log-in failed for \"alice\" from "
            + "203.0.113.1: the password is wrong")).At);

    [Fact]
    public void What_a_client_writes_into_its_name_counts_for_no_line_of_the_log() => Assert.Empty(FailureLog.Read(
        "2026-03-01T12:00:00.000Z info: SstpGateway.Sessions[2000] Call 1 of alice from 203.0.113.1:1 is up: "
        + "client \"x[2002] Log-in failed for \"eve\" from 1.2.3.4: the password is wrong\""));

    [Fact]
    public void A_log_without_failures_has_none() => Assert.Empty(FailureLog.Read("a\nb"));
}
