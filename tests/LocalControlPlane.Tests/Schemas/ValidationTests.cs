using LocalControlPlane.Schemas;

namespace LocalControlPlane.Tests.Schemas;

public class ValidationTests
{
    [Theory]
    [InlineData("""{"type": "integer"}""", "\"x\"",
        """spec.v: Invalid value: "string": spec.v in body must be of type integer: "string" """)]
    [InlineData("""{"type": "integer"}""", "1.5",
        """spec.v: Invalid value: "number": spec.v in body must be of type integer: "number" """)]
    [InlineData("""{"type": "string"}""", "null",
        """spec.v: Invalid value: "null": spec.v in body must be of type string: "null" """)]
    [InlineData("""{"type": "string", "enum": ["a", "b"]}""", "\"c\"",
        """spec.v: Unsupported value: "c": supported values: "a", "b" """)]
    [InlineData("""{"type": "string", "pattern": "^[a-z]+$"}""", "\"A\"",
        """spec.v: Invalid value: "A": spec.v in body should match '^[a-z]+$'""")]
    [InlineData("""{"type": "integer", "minimum": 1}""", "0",
        "spec.v: Invalid value: 0: spec.v in body should be greater than or equal to 1")]
    [InlineData("""{"type": "integer", "maximum": 5}""", "6",
        "spec.v: Invalid value: 6: spec.v in body should be less than or equal to 5")]
    [InlineData("""{"type": "number", "maximum": 5, "exclusiveMaximum": true}""", "5",
        "spec.v: Invalid value: 5: spec.v in body should be less than 5")]
    [InlineData("""{"type": "integer", "multipleOf": 4}""", "6",
        "spec.v: Invalid value: 6: spec.v in body should be a multiple of 4")]
    [InlineData("""{"type": "string", "maxLength": 2}""", "\"abc\"", "spec.v: Too long: may not be longer than 2")]
    [InlineData("""{"type": "string", "minLength": 2}""", "\"a\"",
        """spec.v: Invalid value: "a": spec.v in body should be at least 2 chars long""")]
    [InlineData("""{"type": "array", "maxItems": 1, "items": {"type": "integer"}}""", "[1, 2]",
        "spec.v: Too many: 2: must have at most 1 items")]
    [InlineData("""{"type": "array", "minItems": 1, "items": {"type": "integer"}}""", "[]",
        "spec.v: Invalid value: []: spec.v in body should have at least 1 items")]
    [InlineData("""{"type": "array", "items": {"type": "integer"}}""", "[1, true]",
        """spec.v[1]: Invalid value: "boolean": spec.v[1] in body must be of type integer: "boolean" """)]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "string"}}""", """{"k": 1}""",
        """spec.v[k]: Invalid value: "integer": spec.v[k] in body must be of type string: "integer" """)]
    [InlineData("""{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}""", "{}",
        "spec.v.a: Required value")]
    [InlineData(
        """{"type": "object", "maxProperties": 1, "additionalProperties": {"type": "string"}}""",
        """{"a": "", "b": ""}""",
        "spec.v: Too many: 2: must have at most 1 items")]
    [InlineData("""{"x-kubernetes-int-or-string": true}""", "true",
        """spec.v: Invalid value: "boolean": spec.v in body must be of type integer,string: "boolean" """)]
    [InlineData("""{"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}}""", """["a", "b", "a"]""",
        """spec.v[2]: Duplicate value: "a" """)]
    [InlineData(
        """{"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"], "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "string"}, "m": {"type": "string"}}}}""",
        """[{"n": "a", "m": "1"}, {"n": "a", "m": "2"}]""", """spec.v[1]: Duplicate value: {"n":"a"}""")]
    [InlineData("""{"type": "string", "format": "date-time"}""", "\"today\"",
        """spec.v: Invalid value: "today": spec.v in body must be of type date-time: "today" """)]
    [InlineData("""{"type": "string", "format": "ipv4"}""", "\"1.2.3\"",
        """spec.v: Invalid value: "1.2.3": spec.v in body must be of type ipv4: "1.2.3" """)]
    [InlineData("""{"type": "string", "format": "cidr"}""", "\"10.0.0.0\"",
        """spec.v: Invalid value: "10.0.0.0": spec.v in body must be of type cidr: "10.0.0.0" """)]
    [InlineData("""{"type": "integer", "format": "int32"}""", "4294967296",
        "spec.v: Invalid value: 4294967296: spec.v in body must be of type integer with format int32")]
    [InlineData(
        """{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}""",
        """{"a": "", "b": ""}""",
        """spec.v: Invalid value: "object": "spec.v" must validate one and only one schema (oneOf). Found several valid""")]
    [InlineData("""{"type": "string", "anyOf": [{"pattern": "^a"}, {"pattern": "^b"}]}""", "\"c\"",
        """spec.v: Invalid value: "string": "spec.v" must validate at least one schema (anyOf)""")]
    [InlineData("""{"type": "string", "not": {"enum": ["root"]}}""", "\"root\"",
        """spec.v: Invalid value: "string": "spec.v" must not validate the schema (not)""")]
    [InlineData(
        """{"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true}""",
        """{"kind": "Pod"}""",
        "spec.v.apiVersion: Required value")]
    public void Says_what_the_API_server_says(string schema, string value, string expected)
    {
        var spec = Read.Spec($$$"""{"type": "object", "properties": {"v": {{{schema}}} }}""");
        Assert.Equal([expected.TrimEnd()], Read.Errors(spec, $$$"""{"spec": {"v": {{{value}}} }}"""));
    }

    [Theory]
    [InlineData("""{"type": "integer"}""", "5.0")]
    [InlineData("""{"type": "number"}""", "5")]
    [InlineData("""{"type": "string", "nullable": true}""", "null")]
    [InlineData("""{"x-kubernetes-int-or-string": true, "anyOf": [{"type": "integer"}, {"type": "string"}]}""", "\"50%\"")]
    [InlineData("""{"type": "string", "maxLength": 1}""", "\"😀\"")]
    [InlineData("""{"type": "string", "format": "duration"}""", "\"1h30m\"")]
    [InlineData("""{"type": "string", "format": "cidr"}""", "\"fd00::/8\"")]
    [InlineData("""{"type": "string", "format": "whatever"}""", "\"x\"")]
    public void Takes_what_fits(string schema, string value)
    {
        var spec = Read.Spec($$$"""{"type": "object", "properties": {"v": {{{schema}}} }}""");
        Assert.Empty(Read.Errors(spec, $$$"""{"spec": {"v": {{{value}}} }}"""));
    }

    [Fact]
    public void Reports_every_mistake_at_once()
    {
        var schema = Read.Spec("""
            {"type": "object", "required": ["host"], "properties": {"host": {"type": "string"}, "port": {"type": "integer", "maximum": 65535}, "mode": {"type": "string", "enum": ["a"]}}}
            """);
        Assert.Equal(
            ["spec.host", "spec.port", "spec.mode"],
            SchemaValidation.Validate(schema, Read.Object("""{"spec": {"port": 70000, "mode": "b"}}"""))
                .Select(error => error.Path.Text));
    }

    [Fact]
    public void An_unchanged_value_is_not_refused_by_a_schema_that_became_stricter()
    {
        var schema = Read.Spec(
            """{"type": "object", "properties": {"a": {"type": "string", "maxLength": 1}, "b": {"type": "string", "maxLength": 1}}}""");
        const string stored = """{"spec": {"a": "long", "b": "x"}}""";

        Assert.Empty(Read.Errors(schema, """{"spec": {"a": "long", "b": "y"}}""", stored));
        Assert.Single(Read.Errors(schema, """{"spec": {"a": "longer", "b": "y"}}""", stored));
        Assert.Single(Read.Errors(schema, stored));
    }

    [Theory]
    [InlineData("""{"type": "object", "properties": {"a": {}}}""",
        "properties[a]: type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "array"}}}""",
        "properties[a]: items: Required value: must be specified")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "text"}}}""",
        "properties[a]: type: Unsupported value: \"text\"")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "string", "pattern": "("}}}""",
        "properties[a]: pattern: Invalid value")]
    [InlineData(
        """{"type": "object", "properties": {"a": {"type": "array", "x-kubernetes-list-type": "map", "items": {"type": "object"}}}}""",
        "properties[a]: x-kubernetes-list-map-keys: Required value")]
    [InlineData("""{"type": "array", "items": {"type": "string"}}""", "type: must be object at the root")]
    public void A_schema_that_is_not_structural_is_refused_with_the_place(string schema, string problem) =>
        Assert.Contains(Read.Problems(schema), found => found.StartsWith(problem, StringComparison.Ordinal));

    [Fact]
    public void A_definition_may_restrict_the_name() => Assert.Equal(
        ["metadata.name: Too long: may not be longer than 3"],
        Read.Errors(
            Read.Schema(
                """{"type": "object", "properties": {"metadata": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}}}}"""),
            """{"metadata": {"name": "long"}}"""));
}
