using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;
using SstpProtocol.Ppp.Authentication.Pap;
using SstpProtocol.Sstp.CryptoBinding;

namespace SstpProtocol.Tests.Ppp.Authentication.Pap;

public class PapPeerTests
{
    private static readonly PeerCredentials s_alice = new("alice", "secret");

    [Fact]
    public void Is_accepted_with_the_right_password()
    {
        var (server, client) = Run(password: "secret");

        Assert.Equal(AuthenticatorState.Succeeded, server.State);
        Assert.Equal(AuthenticatorState.Succeeded, client.State);
        Assert.Same(HigherLayerKey.None, client.Key);
    }

    [Fact]
    public void Says_in_the_server_s_words_why_it_was_refused()
    {
        var (_, client) = Run(password: "other");

        Assert.Equal(AuthenticatorState.Failed, client.State);
        Assert.Equal("go away", client.FailureMessage);
    }

    [Fact]
    public void Repeats_itself_under_new_identifiers_and_gives_up_after_ten_requests()
    {
        var output = new PppFrameQueue();
        var peer = new PapPeer(s_alice, output);
        var now = new MonotonicTime(0);
        peer.Start(now);
        while (peer.NextDeadline is { } deadline) peer.Tick(now = deadline);

        var identifiers = new List<byte>();
        while (output.TryDequeue(out var packet)) identifiers.Add(packet.Payload.Span[1]);
        Assert.Equal(PapPeer.MaxRequests, identifiers.Distinct().Count());
        Assert.Equal(TimeSpan.FromSeconds(30), now - new MonotonicTime(0));
        Assert.Equal(AuthenticatorState.TimedOut, peer.State);
    }

    [Fact]
    public void Takes_no_acknowledgement_of_something_it_did_not_send()
    {
        var peer = new PapPeer(s_alice, new PppFrameQueue());
        peer.Receive(PppProtocol.Pap, [2, 1, 0, 5, 0], default);
        Assert.Equal(AuthenticatorState.InProgress, peer.State);

        peer.Start(default);
        peer.Receive(PppProtocol.Pap, [2, 99, 0, 5, 0], default);

        Assert.Equal(AuthenticatorState.InProgress, peer.State);
    }

    [Fact]
    public void Refuses_a_password_that_PAP_cannot_carry() =>
        Assert.Throws<ArgumentException>(
            () => new PapPeer(new PeerCredentials("alice", new string('x', 256)), new PppFrameQueue()));

    [Fact]
    public void Keeps_the_password_out_of_its_text() =>
        Assert.DoesNotContain("secret", $"{s_alice} {new Credentials.Pap("alice", "secret")}", StringComparison.Ordinal);

    private static (Authenticator Server, AuthenticatingPeer Client) Run(string password) =>
        new EndToEnd(output => new PapAuthenticator(new AuthenticatorSettings(), output), output => new PapPeer(s_alice, output))
            .Run(credentials => ((Credentials.Pap)credentials).Password == password
                ? new AuthenticationVerdict.Accepted(HigherLayerKey.None, "")
                : new AuthenticationVerdict.Rejected(RejectionReason.AuthenticationFailure, "go away", MayRetry: false));
}
