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
        """;

    [Fact]
    public void Failures_are_counted_by_class_with_the_last_of_each()
    {
        var counts = FailureLog.Count([Log, "nothing here"]).ToDictionary(count => count.Class);

        Assert.Equal((3, "kim", "2026-03-01T12:00:07.000Z"), (counts[FailureClass.WrongCredentials].Count, counts[FailureClass.WrongCredentials].LastUser, counts[FailureClass.WrongCredentials].LastAt));
        Assert.Equal((1, "mallory"), (counts[FailureClass.HeldBack].Count, counts[FailureClass.HeldBack].LastUser));
        Assert.Equal("bob", counts[FailureClass.Disabled].LastUser);
        Assert.Equal("eve", counts[FailureClass.Expired].LastUser);
        Assert.Equal("tom", counts[FailureClass.UnsuitableMethod].LastUser);
        Assert.DoesNotContain(FailureClass.Other, counts.Keys);
    }

    [Fact]
    public void A_log_without_failures_has_none() => Assert.Empty(FailureLog.Count(["a\nb"]));
}
