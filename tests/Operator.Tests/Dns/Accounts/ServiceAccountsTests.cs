using System.Diagnostics.Metrics;
using KubeApi.Objects;
using Operator.Dns;
using Operator.Dns.Accounts;
using Operator.Dns.Providers;
using TestSupport.Time;

namespace Operator.Tests.Dns.Accounts;

public sealed class ServiceAccountsTests : IDisposable
{
    private static readonly ObjectKey Record = new("vpn", "office");
    private static readonly TimeSpan BackOff = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly OwnMeters _meters = new();
    private readonly ServiceAccounts _accounts;

    public ServiceAccountsTests() => _accounts = new ServiceAccounts(new DnsMetrics(_meters), _time);

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void An_account_that_is_asked_for_stays_and_one_of_old_credentials_goes_after_an_hour()
    {
        var old = Of("old");
        var used = Of("used");
        for (var i = 0; i < 13; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            Assert.Same(used, Of("used"));
        }

        Assert.Equal(1, _accounts.Count);
        Assert.NotSame(old, Of("old"));
    }

    [Fact]
    public void One_that_a_record_waits_for_stays()
    {
        var account = Of("slow");
        Break(account);
        Assert.IsType<Admission.Wait>(account.Admit(Record, isRequested: false));

        _time.Advance(TimeSpan.FromHours(3));
        Of("other");
        Assert.Same(account, Of("slow"));
    }

    [Fact]
    public void One_that_asked_for_a_long_pause_stays_until_it_is_over()
    {
        var account = Of("paused");
        account.Budget.Close(TimeSpan.FromHours(5));

        _time.Advance(TimeSpan.FromHours(3));
        Of("other");
        Assert.Equal(2, _accounts.Count);
        _time.Advance(TimeSpan.FromHours(3));
        Of("other");
        Assert.Equal(1, _accounts.Count);
    }

    [Fact]
    public void An_account_out_counts_while_somebody_wants_something_of_it()
    {
        var account = Of("old");
        Break(account);
        account.Admit(Record, isRequested: false);
        Assert.Equal(1, Out());

        account.Leave(Record);    // its Secret was changed: the record is at another account now
        Assert.Equal(0, Out());
    }

    [Fact]
    public void Looks_are_shared_at_one_place_and_made_anew_at_another()
    {
        var made = 0;
        ServiceAccount At(string identity, string place) => _accounts.Of(
            identity, place, () => new AccountBudget(60, TimeSpan.FromMinutes(1), _time), () =>
            {
                made++;
                return new Dead();
            });

        At("one", "https://hook.example bundle-1");
        At("two", "https://hook.example bundle-1");
        Assert.Equal(1, made);
        At("three", "https://hook.example bundle-2");
        Assert.Equal(2, made);
    }

    private ServiceAccount Of(string identity) =>
        _accounts.Of(
            identity, "https://dns.example", () => new AccountBudget(60, TimeSpan.FromMinutes(1), _time), () => new Dead());

    private static void Break(ServiceAccount account)
    {
        var go = Assert.IsType<Admission.Go>(account.Admit(Record, isRequested: false));
        account.Finish(go, Record, new ProviderFailure(FailureClass.ProviderDown, "911", "Wait."), BackOff, BackOff);
        Assert.True(account.IsOut);
    }

    private int Out()
    {
        var seen = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meters.Made && instrument.Name == "sstp.operator.ddns.accounts.out")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => seen = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private sealed class OwnMeters : IMeterFactory
    {
        public Meter? Made { get; private set; }

        public Meter Create(MeterOptions options) => Made = new Meter(options);

        public void Dispose() => Made?.Dispose();
    }

    private sealed class Dead : ILivenessSignal
    {
        public Task<Liveness> LookAsync(CancellationToken stopping) => Task.FromResult(Liveness.Unreachable);
    }
}
