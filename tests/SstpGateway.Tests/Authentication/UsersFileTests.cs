using System.Diagnostics.Metrics;
using System.Net;
using GatewayConfig;
using GatewayConfig.Authentication;
using Microsoft.Extensions.Logging;
using SstpGateway.Authentication;
using SstpGateway.Configuration;
using SstpGateway.Metrics;
using TestSupport.Time;

namespace SstpGateway.Tests.Authentication;

public sealed class UsersFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("users-file-");
    private readonly ManualTime _clock = new();
    private readonly RecordingLogger _log = new();
    private readonly OwnMeters _meters = new();
    private readonly LocalUsers _users;

    public UsersFileTests() => _users = new LocalUsers(_clock);

    private string Path => System.IO.Path.Combine(_folder.FullName, "users.yaml");

    [Fact]
    public async Task Lets_in_who_is_in_the_file()
    {
        Write("alice", "secret");
        Open();

        Assert.True(await LetsIn("alice", "secret"));
        Assert.Contains("1 users", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_start_with_a_file_that_has_mistakes_and_names_them_all()
    {
        File.WriteAllText(Path, "users: [{name: a}, {name: b}]");

        var refusal = Assert.Throws<ConfigurationException>(Open);

        Assert.Equal(["users[0]", "users[1]"], refusal.Errors.Select(error => error.Path));
    }

    [Fact]
    public void Does_not_start_without_the_file_it_was_given() => Assert.Throws<ConfigurationException>(Open);

    [Fact]
    public async Task Starts_without_a_file_and_lets_nobody_in()
    {
        UsersFile.Open(new GatewayConfiguration(), _users, _clock, new GatewayMetrics(_meters), _log);

        Assert.False(await LetsIn("alice", "secret"));
        Assert.Contains("nobody can log in", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_change_at_the_next_look()
    {
        Write("alice", "secret");
        var file = Open();
        Write("bob", "other");

        file.LookAt(Look.Routine);

        Assert.True(await LetsIn("bob", "other"));
        Assert.False(await LetsIn("alice", "secret"));
    }

    [Fact]
    public async Task Keeps_the_users_before_when_the_file_goes_bad_and_says_so_once()
    {
        Write("alice", "secret");
        var file = Open();
        _log.Lines.Clear();
        File.WriteAllText(Path, "users: [{name: alice, password: hunter2, verifier: x}]");

        file.LookAt(Look.Routine);
        Assert.Empty(_log.Lines);
        file.LookAt(Look.Routine);
        file.LookAt(Look.Routine);

        Assert.True(await LetsIn("alice", "secret"));
        var line = Assert.Single(_log.Lines);
        Assert.Contains("users[0]", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join('\n', file.Refused!.Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_users_before_when_the_file_disappears()
    {
        Write("alice", "secret");
        var file = Open();
        File.Delete(Path);

        file.Reload();

        Assert.NotNull(file.Refused);
        Assert.True(await LetsIn("alice", "secret"));
    }

    [Fact]
    public void Says_when_the_file_is_good_again()
    {
        Write("alice", "secret");
        var file = Open();
        File.WriteAllText(Path, "users: 7");
        file.Reload();
        Assert.NotNull(file.Refused);

        Write("alice", "secret");
        file.LookAt(Look.Routine);

        Assert.Null(file.Refused);
        Assert.Contains("again the one in force", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_a_file_behind_links_that_are_swapped_as_Kubernetes_does()
    {
        var first = _folder.CreateSubdirectory("..1");
        var second = _folder.CreateSubdirectory("..2");
        File.WriteAllText(System.IO.Path.Combine(first.FullName, "users.yaml"), Text("alice", "secret"));
        File.WriteAllText(System.IO.Path.Combine(second.FullName, "users.yaml"), Text("bob", "other"));
        var data = System.IO.Path.Combine(_folder.FullName, "..data");
        Directory.CreateSymbolicLink(data, first.FullName);
        File.CreateSymbolicLink(Path, System.IO.Path.Combine(data, "users.yaml"));
        var file = Open();

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, second.FullName);
        file.LookAt(Look.Routine);

        Assert.True(await LetsIn("bob", "other"));
    }

    [Fact]
    public async Task Goes_over_to_another_file_with_the_configuration_and_keeps_the_users_while_that_one_is_bad()
    {
        Write("alice", "secret");
        var file = Open();
        var other = System.IO.Path.Combine(_folder.FullName, "other.yaml");

        file.Apply(Configuration(other));
        Assert.True(await LetsIn("alice", "secret"));
        File.WriteAllText(other, Text("bob", "other"));
        file.LookAt(Look.Routine);

        Assert.True(await LetsIn("bob", "other"));
        Assert.False(await LetsIn("alice", "secret"));
    }

    [Fact]
    public async Task Lets_nobody_in_once_the_configuration_names_no_file()
    {
        Write("alice", "secret");
        var file = Open();

        file.Apply(new GatewayConfiguration());

        Assert.False(await LetsIn("alice", "secret"));
    }

    public void Dispose()
    {
        _users.Dispose();
        _meters.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(string name, string password) => $"users: [{{name: {name}, password: {password}}}]";

    private static GatewayConfiguration Configuration(string path) =>
        new() { Authentication = new AuthenticationConfig { UsersFile = path } };

    private void Write(string name, string password) => File.WriteAllText(Path, Text(name, password));

    private UsersFile Open() => UsersFile.Open(Configuration(Path), _users, _clock, new GatewayMetrics(_meters), _log);

    private async Task<bool> LetsIn(string name, string password) =>
        (await _users.AuthenticateAsync(Offer.Pap(name, password), IPAddress.Loopback, CancellationToken.None)).IsAccepted;

    private sealed class RecordingLogger : ILogger<UsersFile>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }

    private sealed class OwnMeters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
