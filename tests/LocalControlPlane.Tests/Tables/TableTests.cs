using System.Text.Json.Nodes;
using LocalControlPlane.Tables;
using LocalControlPlane.Tests.Schemas;

namespace LocalControlPlane.Tests.Tables;

public class TableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("v1", "Pod", """
        {"metadata":{"name":"p","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"nodeName":"n","containers":[{"name":"a"},{"name":"b"}]},
         "status":{"phase":"Running","podIP":"10.0.0.1","containerStatuses":[{"name":"a","ready":true,"restartCount":2,"state":{"running":{}},"lastState":{"terminated":{"finishedAt":"2026-01-01T11:55:00Z"}}},{"name":"b","ready":false,"restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}
        """, "p | 1/2 | CrashLoopBackOff | 3 (5m ago) | 60m | 10.0.0.1 | n | <none> | <none>")]
    [InlineData("v1", "Pod", """
        {"metadata":{"name":"p","creationTimestamp":"2026-01-01T11:59:30Z","deletionTimestamp":"2026-01-01T12:00:30Z"},"spec":{"containers":[{"name":"a"}]},"status":{"phase":"Pending"}}
        """, "p | 0/1 | Terminating | 0 | 30s | <none> | <none> | <none> | <none>")]
    [InlineData("v1", "Node", """
        {"metadata":{"name":"n","labels":{"node-role.kubernetes.io/control-plane":""},"creationTimestamp":"2025-12-31T12:00:00Z"},"spec":{"unschedulable":true},
         "status":{"conditions":[{"type":"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"192.0.2.1"}],"nodeInfo":{"kubeletVersion":"v1","osImage":"Debian","kernelVersion":"6","containerRuntimeVersion":"local"}}}
        """, "n | Ready,SchedulingDisabled | control-plane | 24h | v1 | 192.0.2.1 | <none> | Debian | 6 | local")]
    [InlineData("apps/v1", "Deployment", """
        {"metadata":{"name":"d","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"replicas":3,"selector":{"matchLabels":{"a":"b"}},"template":{"spec":{"containers":[{"name":"c","image":"i"}]}}},"status":{"readyReplicas":2,"updatedReplicas":3,"availableReplicas":1}}
        """, "d | 2/3 | 3 | 1 | 60m | c | i | a=b")]
    [InlineData("apps/v1", "DaemonSet", """
        {"metadata":{"name":"d","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"spec":{"nodeSelector":{"r":"gw"},"containers":[{"name":"c","image":"i"}]}}},"status":{"desiredNumberScheduled":1,"currentNumberScheduled":1,"numberReady":1,"updatedNumberScheduled":1,"numberAvailable":0}}
        """, "d | 1 | 1 | 1 | 1 | 0 | r=gw | 60m | c | i | a=b")]
    [InlineData(
        "v1", "Secret",
        """{"metadata":{"name":"s","creationTimestamp":"2026-01-01T11:00:00Z"},"type":"Opaque","data":{"a":"","b":""}}""",
        "s | Opaque | 2 | 60m")]
    [InlineData("v1", "ConfigMap", """{"metadata":{"name":"c"},"data":{"a":""},"binaryData":{"b":""}}""", "c | 2 | <unknown>")]
    [InlineData("v1", "Service", """
        {"metadata":{"name":"s","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30000,"protocol":"TCP"},{"port":443,"protocol":"TCP"}],"selector":{"a":"b"}}}
        """, "s | LoadBalancer | 10.0.0.1 | <pending> | 80:30000/TCP,443/TCP | 60m | a=b")]
    [InlineData("v1", "Event", """
        {"metadata":{"name":"e"},"type":"Warning","reason":"Failed","message":"it failed\n","involvedObject":{"kind":"VpnGateway","name":"gw"},"source":{"component":"operator"},"firstTimestamp":"2026-01-01T11:00:00Z","lastTimestamp":"2026-01-01T11:59:00Z","count":4}
        """, "60s | Warning | Failed | vpngateway/gw |  | operator | it failed | 60m | 4 | e")]
    [InlineData("events.k8s.io/v1", "Event", """
        {"metadata":{"name":"e"},"type":"Normal","reason":"Done","note":"all well","regarding":{"kind":"VpnGateway","name":"gw"},"reportingController":"operator","eventTime":"2026-01-01T11:58:00.000000Z"}
        """, "2m | Normal | Done | vpngateway/gw |  | operator | all well | 2m | 1 | e")]
    [InlineData(
        "coordination.k8s.io/v1", "Lease",
        """{"metadata":{"name":"l","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"holderIdentity":"me"}}""",
        "l | me | 60m")]
    [InlineData("example.com/v1", "Unheard", """{"metadata":{"name":"u","creationTimestamp":"2026-01-01T11:00:00Z"}}""",
        "u | 60m")]
    public void Built_in_kinds_are_listed_as_a_real_server_lists_them(string apiVersion, string kind, string o, string expected)
    {
        var table = TableLayout.BuiltIn(apiVersion, kind)
            .Render([Read.Object(o)], new JsonObject { ["resourceVersion"] = "7" }, RowObject.None, Now);
        Assert.Equal(
            expected, string.Join(" | ", table["rows"]![0]!["cells"]!.AsArray().Select(cell => cell?.ToString() ?? "null")));
        Assert.Equal(table["columnDefinitions"]!.AsArray().Count, table["rows"]![0]!["cells"]!.AsArray().Count);
    }

    [Fact]
    public void Custom_kinds_have_the_columns_of_their_definition_with_the_right_types()
    {
        var layout = TableLayout.Custom(JsonNode.Parse("""
            [{"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"},
             {"name":"Calls","type":"integer","jsonPath":".status.calls","priority":1},
             {"name":"Addresses","type":"string","jsonPath":".status.addresses[*]"},
             {"name":"Paused","type":"boolean","jsonPath":".spec.paused"},
             {"name":"Renewal","type":"date","jsonPath":".status.renewal"},
             {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}]
            """)!.AsArray());
        var table = layout.Render(
            [
                Read.Object(
                    """{"metadata":{"name":"a","creationTimestamp":"2026-01-01T11:00:00Z"},"spec":{"paused":true},"status":{"calls":3,"addresses":["x","y"],"renewal":"soon","conditions":[{"type":"Ready","status":"True"}]}}"""),
                Read.Object("""{"metadata":{"name":"b"}}"""),
            ],
            [], RowObject.None, Now);

        Assert.Equal("""["a","True",3,"x y",true,"<invalid>","60m"]""", table["rows"]![0]!["cells"]!
            .ToJsonString(new System.Text.Json.JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }));
        Assert.Equal("""["b",null,null,null,null,null,null]""", table["rows"]![1]!["cells"]!.ToJsonString());
        Assert.Equal(1L, (long)table["columnDefinitions"]![2]!["priority"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(RowObject.Metadata, "PartialObjectMetadata")]
    [InlineData(RowObject.Whole, "Secret")]
    [InlineData(RowObject.None, null)]
    public void A_row_carries_what_was_asked_for(RowObject include, string? kind)
    {
        var secret = Read.Object("""{"kind":"Secret","metadata":{"name":"s"},"data":{"a":"eA=="}}""");
        var row = TableLayout.BuiltIn("v1", "Secret").Render([secret], [], include, Now)["rows"]![0]!;
        Assert.Equal(kind, (string?)row["object"]?["kind"]);
        Assert.Equal(include == RowObject.Whole, row["object"]?["data"] is not null);
    }
}
