using System.Net;
using SstpGateway.Addressing;
using SstpGateway.Tests.Support;
using TestSupport.Files;
using TestSupport.Prerequisites;
using TestSupport.Time;

namespace SstpGateway.Tests.Addressing;

public sealed class LeaseFileTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly IPAddress Address4 = IPAddress.Parse("10.254.0.7");
    private static readonly IPAddress Address6 = IPAddress.Parse("2001:db8:0:7::");

    private readonly TemporaryFolder _folder = new("leases");
    private readonly ManualTime _clock = new();
    private readonly RecordingLogger<LeaseFile> _log = new();

    private string Target => _folder.File("leases.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/var/lib/sstp-gateway/leases.json", "/run/pod/state/leases.json")]
    [InlineData("/srv/leases.json", "/srv/leases.json")]
    public void Lies_in_the_state_folder_unless_somebody_says_otherwise(string configured, string expected) =>
        Assert.Equal(expected, LeaseFile.Locate(configured, "/run/pod/state"));

    [Fact]
    public void Starts_without_a_file_and_without_a_word()
    {
        using var file = Open();
        Assert.Empty(file.Records);
        Assert.Empty(_log.Lines);
    }

    [RequiresFact("mount", "umount")]
    public async Task A_full_disk_costs_nobody_a_call_and_the_file_is_whole_again_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        using (var file = LeaseFile.Open(disk.File("leases.json"), Day, _clock, _log))
        {
            disk.Fill();
            for (var i = 0; i < 100; i++) file.Append(new LeaseRecord(IPAddress.Parse($"10.254.0.{i + 1}"), "alice", null));
            file.Flush();
            Assert.Single(_log.Lines);

            disk.MakeRoom();
            file.Flush();
        }

        using var again = LeaseFile.Open(disk.File("leases.json"), Day, _clock, _log);
        Assert.Equal(100, again.Records.Count);
    }

    [Fact]
    public void Keeps_what_was_appended_although_the_process_was_killed()
    {
        // Neither flushed nor disposed: only what the kernel has already been given can be there.
        var killed = Open();
        killed.Append(new LeaseRecord(Address4, "alice", null));
        killed.Append(new LeaseRecord(Address6, "alice", null));
        killed.Append(new LeaseRecord(Address6, "bob \"the\nb\"", _clock.GetUtcNow()));

        using var file = Open();
        Assert.Equal(
            [new LeaseRecord(Address4, "alice", null), new LeaseRecord(Address6, "bob \"the\nb\"", _clock.GetUtcNow())],
            file.Records.OrderBy(record => record.User, StringComparer.Ordinal));
        GC.KeepAlive(killed);
    }

    [Theory]
    [InlineData("{\"address\":\"10.254.0.7\",\"user\":\"ali")]
    [InlineData("{\"address\":\"10.254.0.9999\",\"user\":\"alice\"}")]
    [InlineData("{\"address\":\"10.254.0.7\"}")]
    [InlineData("{\"user\":\"alice\"}")]
    [InlineData("{\"address\":\"10.254.0.7\",\"user\":\"alice\",\"until\":\"yesterday\"}")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    [InlineData("[]")]
    public void Passes_over_a_damaged_line_with_a_log_line_and_keeps_the_rest(string line)
    {
        File.WriteAllText(Target, line + "\n{\"address\":\"10.254.0.8\",\"user\":\"bob\"}\n");

        using var file = Open();

        Assert.Equal([new LeaseRecord(IPAddress.Parse("10.254.0.8"), "bob", null)], file.Records);
        Assert.Contains("1 lines could not be read", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Starts_afresh_after_damage()
    {
        File.WriteAllBytes(Target, [0xFF, 0xFE, 0x00, 0x80]);
        using (var file = Open()) file.Append(new LeaseRecord(Address4, "alice", null));

        using var again = Open();
        Assert.Equal([new LeaseRecord(Address4, "alice", null)], again.Records);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void Drops_what_is_older_than_it_has_to_be_kept()
    {
        using (var file = Open())
        {
            file.Append(new LeaseRecord(Address4, "alice", _clock.GetUtcNow()));
            file.Append(new LeaseRecord(Address6, "alice", null));
        }

        _clock.Advance(Day + TimeSpan.FromSeconds(1));
        using var later = Open();
        Assert.Equal([Address6], later.Records.Select(record => record.Address));
        Assert.Single(File.ReadAllLines(Target));
    }

    [Fact]
    public void Does_not_grow_without_end()
    {
        using var file = Open();
        for (var i = 0; i < 5000; i++)
        {
            file.Append(new LeaseRecord(Address4, "alice", i % 2 == 0 ? null : _clock.GetUtcNow()));
            if (i % 100 == 0) file.Flush();
        }

        file.Flush();
        Assert.InRange(File.ReadAllLines(Target).Length, 1, 1100);
        file.Append(new LeaseRecord(Address6, "bob", null));
        using var again = Open();
        Assert.Equal(2, again.Records.Count);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_one_log_line_and_no_call()
    {
        using var file = LeaseFile.Open(_folder.File("missing/leases.json"), Day, _clock, _log);
        file.Append(new LeaseRecord(Address4, "alice", null));
        file.Append(new LeaseRecord(Address6, "alice", null));
        file.Flush();

        Assert.Equal(2, file.Records.Count);
        Assert.StartsWith("Lease file", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);

        // Once the folder is there, the next flush catches up.
        Directory.CreateDirectory(_folder.File("missing"));
        file.Flush();
        Assert.Equal(2, File.ReadAllLines(_folder.File("missing/leases.json")).Length);
    }

    private LeaseFile Open() => LeaseFile.Open(Target, Day, _clock, _log);
}
