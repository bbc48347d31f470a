using System.Globalization;
using System.Text.Json.Nodes;
using EndToEnd.Tests.Cluster;
using EndToEnd.Tests.Network;
using EndToEnd.Tests.Programs;
using TestSupport.Certificates;
using TestSupport.Prerequisites;

namespace EndToEnd.Tests.Doctor;

/// <summary>Calls that come to nothing, placed by the real client at a gateway that the local control plane runs,
/// and found again in the log by the doctor.</summary>
[Collection(DoctorCollection.Name)]
public sealed class FailedCallsTests(DoctorSite site)
{
    private const int LogInRefused = 7;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Laboratory Laboratory => site.Laboratory;

    [LongFact]
    public async Task Each_class_is_counted_and_explained()
    {
        await PutUsersAsync("alice", "bob", "carol", "dora");
        await site.Cluster.ChangeSpecAsync(new JsonObject
        {
            ["authentication"] = new JsonObject
            {
                ["lockout"] = new JsonObject
                {
                    ["failuresPerUserAndSource"] = 2, ["initialWait"] = "15m", ["maximumWait"] = "1h",
                },
            },
            ["addressing"] = new JsonObject { ["pools4"] = new JsonArray("10.99.0.0/30") },
        });
        await site.Cluster.UntilSettledAsync("the lock-out and the small pool");

        var before = await site.ReadLogsAsync();

        // Each from the other host, so that the source of the tests to come is held back for nothing.
        await DialAsync("alice", "wrong", LogInRefused);
        await DialAsync("mallory", "guess", LogInRefused);
        await DialAsync("bob", "wrong", LogInRefused);
        await DialAsync("bob", "wrong", LogInRefused);
        await DialAsync("bob", ClusterSite.Password("bob"), LogInRefused);
        await DialAsync("dora", ClusterSite.Password("dora"), null, "--method", "pap");
        await using (var carol = site.Cluster.Dial(Laboratory.Client, "carol"))
        {
            await carol.WaitForAddressAsync();
            await DialAsync("dora", ClusterSite.Password("dora"), null);
            carol.Interrupt();
            await carol.WaitForExitAsync(Soon);
        }
        await using (await TlsProxy.StartAsync(Laboratory, 8447, Laboratory.Authority.Issue(Laboratory.GatewayName)))
        {
            await site.FilterAsync("nat hook prerouting", "iifname other tcp dport 443 redirect to :8447");
            await DialAsync("dora", ClusterSite.Password("dora"), null);
            await site.UnfilterAsync();
        }
        await DistrustAsync();

        var found = await site.ReadLogsAsync();

        Finds(3, "with a wrong password, the last of bob from 203.0.113.2 at ", "kubectl sstp user passwd home bob");
        Finds(
            1, "of users that the gateway does not know, the last of mallory from 203.0.113.2 at ",
            "kubectl sstp user list home");
        Finds(1, "locked out after too many failures, the last of bob from 203.0.113.2 at ", "spec.authentication.lockout");
        Finds(1, "with no authentication method in common, the last from 203.0.113.2:", "spec.authentication.methods");
        Finds(1, "refused for want of an address, the last of dora from 203.0.113.2:", "spec.addressing.pools4");
        Finds(1, "whose crypto binding did not hold, the last of dora from 192.0.2.1:", "untouched");
        Finds(1, "hung up over the certificate, the last from 203.0.113.2:", "kubectl sstp profile home");

        void Finds(int count, string words, string whatToDo)
        {
            var kind = words.Split(", the last")[0];
            Assert.True(
                Count(found, kind) - Count(before, kind) == count && found.Any(line =>
                    line.Contains($" {words}", StringComparison.Ordinal) && line.Contains(whatToDo, StringComparison.Ordinal)),
                $"{count} {words} ... {whatToDo}\n{string.Join('\n', found)}");
        }

        await PutUsersAsync("alice");
        await site.Cluster.ChangePoolsAsync("10.99.0.0/24");
        await site.Cluster.UntilSettledAsync("all as it was");
    }

    [LongFact]
    public async Task The_user_is_locked_out_by_wrong_passwords()
    {
        await PutUsersAsync("alice", "eve");
        // The lock-out of a gateway nobody has changed: five failures.
        foreach (var _ in Enumerable.Range(0, 5))
            Assert.Equal(["login-refused"], await site.ExamineWithAsync("wrong", "--user", "eve"));

        Assert.Equal(["user-locked"], await site.ExamineWithAsync(ClusterSite.Password("eve"), "--user", "eve"));

        await PutUsersAsync("alice");
    }

    /// <summary>The finding's count without what tests before have left in the log.</summary>
    private static int Count(IReadOnlyList<string> found, string words) =>
        found.FirstOrDefault(line => line.Contains($" {words}", StringComparison.Ordinal)) is { } line
            ? int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)
            : 0;

    /// <param name="exitCode">Null: any but 0.</param>
    private async Task DialAsync(string user, string password, int? exitCode, params string[] more)
    {
        await using var call = ClientProcess.Dial(Laboratory, Laboratory.Other, user, password, ["--no-dns", .. more]);
        var code = await call.WaitForExitAsync(Soon);
        Assert.True(exitCode is null ? code != 0 : code == exitCode, $"{code}: {call.Output}");
    }

    /// <summary>A client that was given another root than the gateway's.</summary>
    private async Task DistrustAsync()
    {
        using var stranger = new TestAuthority();
        var result = await Laboratory.Other.Namespace.TryRunAsync(
            Soon, "openssl", "s_client", "-connect", "203.0.113.1:443", "-servername",
            Laboratory.GatewayName, "-verify_return_error",
            "-CAfile", Laboratory.Folder.Write("stranger.pem", stranger.CertificatePem));
        Assert.NotEqual(0, result.ExitCode);
    }

    private Task PutUsersAsync(params string[] users) => site.Cluster.PutUsersAsync(users);
}
