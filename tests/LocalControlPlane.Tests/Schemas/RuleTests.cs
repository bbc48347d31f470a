namespace LocalControlPlane.Tests.Schemas;

public class RuleTests
{
    [Fact]
    public void A_broken_rule_gives_its_message_at_the_value_it_stands_on()
    {
        var schema = Read.Spec("""
            {"type": "object", "x-kubernetes-validations": [{"rule": "self.min <= self.max", "message": "min must not exceed max"}, {"rule": "self.max < 100"}],
             "properties": {"min": {"type": "integer"}, "max": {"type": "integer"}}}
            """);

        Assert.Equal(
            ["spec: Invalid value: \"object\": min must not exceed max"],
            Read.Errors(schema, """{"spec": {"min": 2, "max": 1}}"""));
        Assert.Equal(
            ["spec: Invalid value: \"object\": failed rule: self.max < 100"],
            Read.Errors(schema, """{"spec": {"min": 2, "max": 200}}"""));
        Assert.Equal(
            [
                "spec: Invalid value: \"object\": no such key: max evaluating rule: min must not exceed max",
                "spec: Invalid value: \"object\": no such key: max evaluating rule: failed rule: self.max < 100",
            ],
            Read.Errors(schema, """{"spec": {"min": 2}}"""));
        Assert.Empty(Read.Errors(schema, """{"spec": {"min": 1, "max": 2}}"""));
    }

    [Fact]
    public void A_scalar_is_shown_and_elements_are_named()
    {
        var schema = Read.Spec("""
            {"type": "object", "properties": {"hosts": {"type": "array", "maxItems": 8, "items": {"type": "string", "maxLength": 63,
              "x-kubernetes-validations": [{"rule": "!self.startsWith('.')", "message": "must not start with a dot"}]}}}}
            """);
        Assert.Equal(
            ["spec.hosts[1]: Invalid value: \".b\": must not start with a dot"],
            Read.Errors(schema, """{"spec": {"hosts": ["a", ".b"]}}"""));
    }

    [Fact]
    public void A_transition_rule_runs_only_where_there_is_an_old_value_and_even_when_nothing_else_is_checked()
    {
        var schema = Read.Spec("""
            {"type": "object", "properties": {"kind": {"type": "string", "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "kind is immutable"}]}}}
            """);
        const string stored = """{"spec": {"kind": "a"}}""";

        Assert.Empty(Read.Errors(schema, stored));
        Assert.Empty(Read.Errors(schema, stored, stored));
        Assert.Empty(Read.Errors(schema, stored, """{"spec": {}}"""));
        Assert.Equal(
            ["spec.kind: Invalid value: \"b\": kind is immutable"], Read.Errors(schema, """{"spec": {"kind": "b"}}""", stored));
    }

    [Fact]
    public void Old_elements_are_found_by_their_keys_whatever_their_place()
    {
        var schema = Read.Spec("""
            {"type": "object", "properties": {"pools": {"type": "array", "maxItems": 4, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
              "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "size": {"type": "integer"}},
                "x-kubernetes-validations": [{"rule": "self.size >= oldSelf.size", "message": "a pool cannot shrink"}]}}}}
            """);
        const string stored = """{"spec": {"pools": [{"name": "a", "size": 5}, {"name": "b", "size": 7}]}}""";

        Assert.Empty(Read.Errors(
            schema, """{"spec": {"pools": [{"name": "b", "size": 8}, {"name": "c", "size": 1}, {"name": "a", "size": 5}]}}""",
            stored));
        Assert.Equal(
            ["spec.pools[0]: Invalid value: \"object\": a pool cannot shrink"],
            Read.Errors(schema, """{"spec": {"pools": [{"name": "b", "size": 6}]}}""", stored));
    }

    [Fact]
    public void A_rule_that_came_later_does_not_refuse_what_was_there_before()
    {
        var schema = Read.Spec("""
            {"type": "object", "properties": {
              "a": {"type": "string", "x-kubernetes-validations": [{"rule": "self == 'new'", "message": "must be new"}]}, "b": {"type": "string"}}}
            """);
        const string stored = """{"spec": {"a": "old", "b": "1"}}""";

        Assert.Empty(Read.Errors(schema, """{"spec": {"a": "old", "b": "2"}}""", stored));
        Assert.Single(Read.Errors(schema, """{"spec": {"a": "older", "b": "1"}}""", stored));
    }

    [Fact]
    public void Rules_wait_until_the_structure_is_right_and_say_so()
    {
        var schema = Read.Spec("""
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "x-kubernetes-validations": [{"rule": "self.a == 'x'"}]}
            """);
        Assert.Equal(
            ["spec.a: Required value", "<nil>: Invalid value: \"null\": some validation rules were not checked because the "
                + "object was invalid; correct the existing errors to complete validation"],
            Read.Errors(schema, """{"spec": {}}"""));
    }

    [Theory]
    [InlineData(
        """{"type": "object", "properties": {"a.b-c/d__e": {"type": "string"}}}""",
        "self.a__dot__b__dash__c__slash__d__underscores__e == 'x'",
        """{"a.b-c/d__e": "x"}""")]
    [InlineData("""{"type": "object", "properties": {"namespace": {"type": "string"}}}""", "self.__namespace__ == 'x'",
        """{"namespace": "x"}""")]
    [InlineData(
        """{"type": "object", "properties": {"port": {"x-kubernetes-int-or-string": true}}}""",
        "type(self.port) == int ? self.port < 10 : self.port.startsWith('h')",
        """{"port": 5}""")]
    [InlineData(
        """{"type": "object", "properties": {"port": {"x-kubernetes-int-or-string": true}}}""",
        "type(self.port) == int ? self.port < 10 : self.port.startsWith('h')",
        """{"port": "http"}""")]
    [InlineData(
        """{"type": "object", "properties": {"ttl": {"type": "string", "format": "duration"}}}""",
        "self.ttl >= duration('1m')", """{"ttl": "1h"}""")]
    [InlineData(
        """{"type": "object", "properties": {"when": {"type": "string", "format": "date-time"}}}""",
        "self.when.getFullYear() > 2000",
        """{"when": "2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"type": "object", "properties": {"key": {"type": "string", "format": "byte"}}}""", "size(self.key) == 3",
        """{"key": "YWJj"}""")]
    [InlineData(
        """{"type": "object", "properties": {"m": {"type": "object", "maxProperties": 5, "additionalProperties": {"type": "string", "maxLength": 9}}}}""",
        "self.m.all(k, self.m[k] != '') && 'a' in self.m && self.m.a == 'x'",
        """{"m": {"a": "x"}}""")]
    [InlineData(
        """{"type": "object", "properties": {"s": {"type": "array", "maxItems": 5, "x-kubernetes-list-type": "set", "items": {"type": "string", "maxLength": 9}}}}""",
        "self.s == ['b', 'a'] && (self.s + ['a', 'c']).size() == 3",
        """{"s": ["a", "b"]}""")]
    [InlineData("""{"type": "object", "properties": {"n": {"type": "number"}}}""", "self.n > 1.0", """{"n": 2}""")]
    [InlineData(
        """{"type": "object", "properties": {"o": {"type": "object", "properties": {"x": {"type": "string"}}}}}""",
        "has(self.o) && !has(self.o.x)", """{"o": {}}""")]
    public void Values_have_the_types_of_the_schema(string spec, string rule, string value)
    {
        var withRule = Read.Object(spec);
        withRule["x-kubernetes-validations"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["rule"] = rule });
        Assert.Empty(Read.Errors(Read.Spec(withRule.ToJsonString()), $$$"""{"spec": {{{value}}} }"""));
    }

    [Fact]
    public void At_the_root_a_rule_sees_the_name_but_no_other_metadata()
    {
        var schema = Read.Schema(
            """{"type": "object", "x-kubernetes-validations": [{"rule": "self.metadata.name.size() < 5", "message": "name too long"}], "properties": {"spec": {"type": "object"}}}""");
        Assert.Empty(Read.Errors(schema, """{"metadata": {"name": "a"}}"""));
        Assert.Single(Read.Errors(schema, """{"metadata": {"name": "abcdef"}}"""));
        Assert.Contains(
            Read.Problems(
                """{"type": "object", "x-kubernetes-validations": [{"rule": "has(self.metadata.labels)"}], "properties": {"spec": {"type": "object"}}}"""),
            problem => problem.Contains("undefined field 'labels'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("self.b == 'x'", "undefined field 'b'")]
    [InlineData("self.a == 1", "no matching overload")]
    [InlineData("self.a", "must give a bool")]
    [InlineData("self.a ==", "ends too early")]
    [InlineData("", "must not be empty")]
    public void A_rule_that_cannot_run_is_refused_with_the_schema(string rule, string problem)
    {
        var schema =
            $$$"""{"type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-validations": [{"rule": "{{{rule}}}"}], "properties": {"a": {"type": "string"} } } }}""";
        Assert.Contains(Read.Problems(schema), found =>
            found.StartsWith("properties[spec].x-kubernetes-validations[0].rule:", StringComparison.Ordinal)
            && found.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void OldSelf_is_refused_where_no_old_value_can_be_found()
    {
        const string schema = """
            {"type": "object", "properties": {"spec": {"type": "object", "properties": {"l": {"type": "array", "maxItems": 3, "items":
              {"type": "string", "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}}}}
            """;
        Assert.Contains(Read.Problems(schema), problem => problem.Contains("uncorrelatable", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_may_cost_too_much_is_refused_and_a_maximum_helps()
    {
        static string Schema(string limit) => $$$"""
            {"type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-validations": [{"rule": "self.l.all(a, self.l.all(b, a == b))"}],
              "properties": {"l": {"type": "array"{{{limit}}}, "items": {"type": "integer"} } } } }}
            """;
        Assert.Contains(Read.Problems(Schema("")), problem => problem.Contains("exceeds budget", StringComparison.Ordinal));
        Assert.Empty(Read.Problems(Schema(", \"maxItems\": 100")));
    }

    [Fact]
    public void An_evaluation_that_costs_too_much_is_ended()
    {
        var schema = Read.Spec("""
            {"type": "object", "x-kubernetes-validations": [{"rule": "self.l.all(a, self.l.all(b, self.l.exists(c, c == a)))"}],
             "properties": {"l": {"type": "array", "maxItems": 100, "items": {"type": "integer"}}}}
            """);
        var errors = Read.Errors(schema, $$$"""{"spec": {"l": [{{{string.Join(",", Enumerable.Range(0, 100))}}}]}}""");
        Assert.Single(errors);
        Assert.Contains("cost limit exceeded", errors[0], StringComparison.Ordinal);
    }
}
