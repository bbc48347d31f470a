using System.Net;
using Operator.Dns.Routers;
using Operator.Resources.DdnsRecords;

namespace Operator.Tests.Dns.Records;

/// <summary>The port that a router forwards for a record goes with the record.</summary>
public sealed class PortMappingTests : IRouterProtocol
{
    private const string Spec = """
        "source":{"kind":"Router","router":{"address":"192.0.2.254","protocols":["NatPmp"],"portMapping":{"externalPort":443,"internalPort":8443}},"allowedRanges":["203.0.113.0/24"]}
        """;

    private readonly List<MappingRequest> _asked = [];
    private bool _isSilent;

    [Fact]
    public async Task A_record_that_goes_takes_the_port_with_it_also_after_a_restart()
    {
        var bench = Bench();
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        Assert.All(
            _asked, request => Assert.Equal((443, 8443, false), (request.ExternalPort, request.InternalPort, request.IsRemoval)));
        Assert.Equal(["203.0.113.7"], bench.Status.Published);

        // As after a restart: nothing is remembered of the source.
        bench.Change(RecordBench.Spec(Spec));
        _asked.Clear();
        Assert.True((await bench.DeleteAsync()).IsDone);

        Assert.Equal((443, 8443, true), (_asked.Single().ExternalPort, _asked.Single().InternalPort, _asked.Single().IsRemoval));
        Assert.Empty(bench.Zone());
    }

    [Fact]
    public async Task A_router_that_does_not_answer_holds_up_nothing_and_when_it_stops_by_itself_is_said()
    {
        var bench = Bench();
        await bench.RunAsync(TimeSpan.FromMinutes(2));
        _isSilent = true;

        Assert.True((await bench.DeleteAsync()).IsDone);

        Assert.Contains("Warning PortMappingLeft", bench.Events);
        Assert.Empty(bench.Zone());
    }

    [Fact]
    public async Task A_record_without_a_mapping_asks_the_router_nothing_at_its_end()
    {
        var bench = new RecordBench(RecordBench.Spec(RecordBench.Static("203.0.113.1")));
        bench.Routers[RouterProtocol.NatPmp] = this;
        await bench.PassAsync();

        await bench.DeleteAsync();

        Assert.Empty(_asked);
    }

    private RecordBench Bench()
    {
        var bench = new RecordBench(RecordBench.Spec(Spec));
        bench.Routers[RouterProtocol.NatPmp] = this;
        return bench;
    }

    Task<RouterAnswer> IRouterProtocol.AskAsync(IPAddress router, MappingRequest? mapping, CancellationToken stopping)
    {
        if (mapping is not null) _asked.Add(mapping);
        return Task.FromResult<RouterAnswer>(_isSilent
            ? new RouterAnswer.Silent("no answer")
            : new RouterAnswer.Known(
                IPAddress.Parse("203.0.113.7"),
                mapping is null ? null : new RouterMapping(mapping.ExternalPort, mapping.Lifetime)));
    }
}
