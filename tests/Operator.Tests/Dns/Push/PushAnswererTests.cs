using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using Operator.Dns;
using Operator.Dns.Push;
using Operator.Listening;
using Operator.Resources;
using Operator.Resources.DdnsRecords;
using TestSupport.Time;

namespace Operator.Tests.Dns.Push;

public sealed class PushAnswererTests : IReportBook
{
    private static readonly IPAddress Sender = IPAddress.Parse("198.51.100.7");

    private readonly ManualTime _time = new();
    private readonly CountingLog _log = new();
    private readonly PushAnswerer _answerer;
    private PushSource _source = new() { TokenSecret = new SecretKeyReference { Name = "push", Key = "token" } };
    private PushReport? _last;
    private int _saved;

    public PushAnswererTests() => _answerer = new PushAnswerer(this, new DnsMetrics(new TestMeters()), _time, _log);

    [Theory]
    [InlineData("192.0.2.1", "good 192.0.2.1\n")]
    [InlineData("192.0.2.1,2001:db8::1", "good 192.0.2.1,2001:db8::1\n")]
    [InlineData("", "good 198.51.100.7\n")]
    public async Task A_report_is_kept_before_it_is_confirmed(string addresses, string expected)
    {
        Assert.Equal((200, expected), await AskAsync("branch.example.com", addresses));
        Assert.Equal(expected[5..].TrimEnd(), string.Join(',', _last!.Addresses.Texts));
    }

    [Fact]
    public async Task The_same_report_again_is_nochg_and_costs_no_write()
    {
        await AskAsync("branch.example.com", "192.0.2.1");

        Assert.Equal((200, "nochg 192.0.2.1\n"), await AskAsync("branch.example.com", "192.0.2.1"));
        Assert.Equal(1, _saved);
    }

    [Fact]
    public async Task Where_reports_grow_too_old_the_same_one_is_kept_anew()
    {
        _source = _source with { MaximumAge = new GoDuration("1h") };
        await AskAsync("branch.example.com", "192.0.2.1");
        _time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal((200, "nochg 192.0.2.1\n"), await AskAsync("branch.example.com", "192.0.2.1"));
        Assert.Equal(2, _saved);
    }

    [Theory]
    [InlineData("vpn.branch:wrong", "branch.example.com")]
    [InlineData("other:secret", "branch.example.com")]
    [InlineData("vpn.branch:secret", "elsewhere.example.com")]
    [InlineData("vpn.branch:", "branch.example.com")]
    [InlineData("nocolon", "branch.example.com")]
    public async Task Who_is_not_the_record_s_user_learns_nothing_more(string credentials, string host)
    {
        Assert.Equal((401, "badauth\n"), await AskAsync(host, "192.0.2.1", credentials));
        Assert.Equal(0, _saved);
    }

    [Theory]
    [InlineData("", "192.0.2.1", "notfqdn\n")]
    [InlineData("branch.example.com", "192.0.2", "dnserr\n")]
    [InlineData("branch.example.com", "1", "dnserr\n")]
    [InlineData("branch.example.com", "192.0.2.1,192.0.2.2", "dnserr\n")]
    [InlineData("branch.example.com", "<script>", "dnserr\n")]
    public async Task What_cannot_be_read_is_refused_in_the_protocol_s_words(string host, string addresses, string expected)
    {
        Assert.Equal((200, expected), await AskAsync(host, addresses));
        Assert.Equal(0, _saved);
    }

    [Fact]
    public async Task A_sender_that_asks_too_often_is_slowed_down_and_others_are_not()
    {
        for (var i = 0; i < 20; i++) await AskAsync("branch.example.com", "192.0.2.1", "vpn.branch:wrong");

        Assert.Equal(429, (await AskAsync("branch.example.com", "192.0.2.1")).Status);
        Assert.Equal(200, (await _answerer.AnswerAsync(
            IPAddress.Parse("198.51.100.8"), Header("vpn.branch:secret"), "branch.example.com",
            ["192.0.2.1"], CancellationToken.None)).Status);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await AskAsync("branch.example.com", "192.0.2.1")).Status);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("198.51.100.7", "::ffff:198.51.100.7", true)]
    public void Whoever_has_an_address_of_a_network_of_64_bits_is_one_sender(string one, string other, bool isSame)
    {
        var budgets = new SenderBudgets(_time);
        for (var i = 0; i < 20; i++) Assert.True(budgets.TryTake(IPAddress.Parse(one)));

        Assert.Equal(!isSame, budgets.TryTake(IPAddress.Parse(other)));
    }

    [Fact]
    public async Task A_stranger_that_asks_without_end_does_not_fill_the_log()
    {
        for (var i = 0; i < 100; i++) await AskAsync("branch.example.com", "192.0.2.1", "vpn.branch:wrong");

        Assert.Equal(20, _log.Lines);
    }

    [Fact]
    public async Task Many_strangers_do_not_fill_the_log_either()
    {
        for (var i = 0; i < 200; i++)
        {
            await _answerer.AnswerAsync(
                new IPAddress([192, 0, 2, (byte)i]), Header("a:b"), "branch.example.com", [], CancellationToken.None);
        }

        Assert.Equal(StrangerLines.LinesAMinute, _log.Lines);
        _time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync("branch.example.com", "192.0.2.1", "vpn.branch:wrong");
        Assert.EndsWith("; 180 others since the last such line", _log.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_address_is_guessed_where_that_is_switched_off()
    {
        _source = _source with { UseSenderAddress = false };

        Assert.Equal((200, "dnserr\n"), await AskAsync("branch.example.com", ""));
    }

    [Theory]
    [InlineData("2026-11-25T10:00:00Z 192.0.2.1 2001:db8::1", 2)]
    [InlineData("2026-11-25T10:00:00Z", null)]
    [InlineData("yesterday 192.0.2.1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_annotation_is_a_report_or_none(string? text, int? addresses)
    {
        Assert.Equal(addresses, PushReport.TryRead(text)?.Addresses.All.Length);
    }

    ReportedRecord? IReportBook.Find(string fqdn) =>
        fqdn == "branch.example.com" ? new ReportedRecord("vpn", "branch", _source, _last) : null;

    Task<string?> IReportBook.FindTokenAsync(ReportedRecord record, CancellationToken stopping) =>
        Task.FromResult<string?>("secret");

    Task IReportBook.SaveAsync(ReportedRecord record, PushReport report, CancellationToken stopping)
    {
        _last = report;
        _saved++;
        return Task.CompletedTask;
    }

    private Task<(int Status, string Body)> AskAsync(string host, string addresses, string credentials = "vpn.branch:secret") =>
        _answerer.AnswerAsync(Sender, Header(credentials), host, [addresses], CancellationToken.None);

    private sealed class CountingLog : ILogger<PushAnswerer>
    {
        public int Lines { get; private set; }

        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines++;
            Last = formatter(state, exception);
        }
    }

    private static string Header(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
}
