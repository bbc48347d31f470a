using System.Text;
using SstpProtocol.Ppp;
using SstpProtocol.Ppp.Authentication;

namespace SstpProtocol.Tests.Ppp.Authentication;

/// <summary>An authenticator, what it sends, and a clock that goes only when told.</summary>
internal sealed class Exchange
{
    private readonly PppProtocol _protocol;

    public Exchange(PppProtocol protocol, Func<PppFrameQueue, Authenticator> create)
    {
        _protocol = protocol;
        Authenticator = create(Sent);
        Authenticator.Start(Now);
    }

    public Authenticator Authenticator { get; }
    public PppFrameQueue Sent { get; } = new();
    public MonotonicTime Now { get; private set; } = new(1_000_000);

    public static AuthenticationVerdict.Rejected WrongPassword { get; } =
        new(RejectionReason.AuthenticationFailure, "no", MayRetry: true);

    /// <summary>The oldest packet not looked at yet; fails the test when there is none.</summary>
    public byte[] NextSent()
    {
        Assert.True(Sent.TryDequeue(out var packet), "nothing was sent");
        Assert.Equal(_protocol, packet.Protocol);
        return packet.Payload.ToArray();
    }

    public string NextSentText(int textOffset) => Encoding.UTF8.GetString(NextSent().AsSpan(textOffset));

    public void Receive(byte code, byte identifier, params byte[] data) =>
        Receive(AuthenticationPacket.Create(code, identifier, data));

    public void Receive(byte[] packet) => Authenticator.Receive(_protocol, packet, Now);

    public TCredentials TakeCredentials<TCredentials>() where TCredentials : Credentials
    {
        Assert.True(Authenticator.TryTakeCredentials(out var credentials), "nothing was offered");
        return Assert.IsType<TCredentials>(credentials);
    }

    public void Conclude(AuthenticationVerdict verdict) => Authenticator.Conclude(verdict, Now);

    public void Advance(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Authenticator.NextDeadline is { } deadline && deadline <= end)
        {
            Now = deadline;
            Authenticator.Tick(Now);
        }

        Now = end;
        Authenticator.Tick(Now);
    }

    public void AssertNothingSent() => Assert.Equal(0, Sent.Count);

    public void AssertNothingOffered() => Assert.False(Authenticator.TryTakeCredentials(out _));
}
