using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Serving;

public sealed class CreateTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Gives_a_new_object_what_only_the_server_gives()
    {
        var created = await _api.CreateAsync(WidgetPath(), Widget("a", """{"size":1}"""));

        Assert.True(Guid.TryParse(created.Text("metadata", "uid"), out _));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", created.Text("metadata", "creationTimestamp"));
        Assert.Equal("1", created.Text("metadata", "generation"));
        Assert.Equal("default", created.Text("metadata", "namespace"));
        Assert.True(long.Parse(created.Text("metadata", "resourceVersion")) > 0);
    }

    [Fact]
    public async Task Resource_versions_rise_over_all_kinds()
    {
        var first = await _api.CreateAsync(WidgetPath(), Widget("a"));
        var second = await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a"));

        Assert.True(
            long.Parse(second.Text("metadata", "resourceVersion")) > long.Parse(first.Text("metadata", "resourceVersion")));
    }

    [Fact]
    public async Task Configuration_without_a_spec_has_no_generation()
    {
        var created = await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("a"));

        Assert.Equal("", created.Text("metadata", "generation"));
    }

    [Fact]
    public async Task A_name_can_be_generated()
    {
        var body = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"generateName":"part-"}}""";
        var first = await _api.CreateAsync("/api/v1/namespaces/default/configmaps", body);
        var second = await _api.CreateAsync("/api/v1/namespaces/default/configmaps", body);

        Assert.Matches("^part-[a-z0-9]{5}$", first.Text("metadata", "name"));
        Assert.NotEqual(first.Text("metadata", "name"), second.Text("metadata", "name"));
    }

    [Fact]
    public async Task The_status_is_not_the_creators_to_set()
    {
        var created = await _api.CreateAsync(
            WidgetPath(),
            """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{},"status":{"phase":"Fine"}}""");

        Assert.Null(created["status"]);
    }

    [Fact]
    public async Task A_second_object_of_the_name_is_refused()
    {
        await _api.CreateAsync(WidgetPath(), Widget("a"));

        var answer = await _api.PostAsync(WidgetPath(), Widget("a"));

        answer.AssertFailure(409, "AlreadyExists", "widgets.example.test \"a\" already exists");
        Assert.Equal(
            ("a", "example.test", "widgets"),
            (answer.Body.Text("details", "name"), answer.Body.Text("details", "group"), answer.Body.Text("details", "kind")));
    }

    [Theory]
    [InlineData("Big")]
    [InlineData("-a")]
    [InlineData("a_b")]
    [InlineData("")]
    public async Task A_name_that_is_none_is_refused(string name) =>
        (await _api.PostAsync(WidgetPath(), Widget(name))).AssertFailure(422, "Invalid", "metadata.name");

    [Fact]
    public async Task Nothing_is_created_in_a_namespace_that_is_not_there() =>
        (await _api.PostAsync("/apis/example.test/v1/namespaces/nowhere/widgets", Widget("a")))
            .AssertFailure(404, "NotFound", "namespaces \"nowhere\" not found");

    [Fact]
    public async Task The_namespace_of_the_body_must_be_that_of_the_path() =>
        (await _api.PostAsync(WidgetPath(), Widget("a", metadata: ""","namespace":"other" """)))
            .AssertFailure(400, "BadRequest", "namespace");

    [Fact]
    public async Task The_kind_of_the_body_must_be_that_of_the_path() =>
        (await _api.PostAsync(WidgetPath(), ConfigMap("a")))
            .AssertFailure(400, "BadRequest", "does not match the expected API version");

    [Fact]
    public async Task A_resource_version_makes_no_sense_on_creation() =>
        (await _api.PostAsync(WidgetPath(), Widget("a", metadata: ""","resourceVersion":"5" """)))
            .AssertFailure(400, "BadRequest", "resourceVersion");

    [Fact]
    public async Task A_dry_run_answers_and_stores_nothing()
    {
        var (code, body) = await _api.PostAsync(WidgetPath() + "?dryRun=All", Widget("a"));

        Assert.Equal(201, code);
        Assert.Equal("1", body.Text("metadata", "generation"));
        (await _api.GetAsync(WidgetPath("a"))).AssertFailure(404, "NotFound");
    }

    [Fact]
    public async Task A_property_that_comes_twice_is_refused_when_the_client_is_strict()
    {
        var twice = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}""";

        (await _api.PostAsync("/api/v1/namespaces/default/configmaps?fieldValidation=Strict", twice))
            .AssertFailure(400, "BadRequest", "duplicate field \"data.x\"");
        var (code, body) = await _api.PostAsync("/api/v1/namespaces/default/configmaps", twice);
        Assert.Equal((201, "2"), (code, body.Text("data", "x")));
    }

    [Fact]
    public async Task Text_of_a_Secret_becomes_its_data()
    {
        var created = await _api.CreateAsync(
            "/api/v1/namespaces/default/secrets",
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"stringData":{"key":"value"}}""");

        Assert.Equal(("dmFsdWU=", "Opaque", null), (created.Text("data", "key"), created.Text("type"), created["stringData"]));
    }

    [Fact]
    public async Task A_Secret_with_text_in_its_data_is_refused_with_advice() =>
        (await _api.PostAsync(
            "/api/v1/namespaces/default/secrets",
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},"data":{"key":"no base64!"}}"""))
            .AssertFailure(422, "Invalid", "give plain text in stringData");

    [Fact]
    public async Task Every_mistake_is_a_cause_of_its_own()
    {
        var answer = await _api.PostAsync(
            "/api/v1/namespaces/default/configmaps",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"A","labels":{"a":"not a label"},"finalizers":["x y"]},"data":{"n":5}}""");

        answer.AssertFailure(422, "Invalid");
        var fields = answer.Body["details"]!["causes"]!.AsArray().Select(cause => cause.Text("field")).Order().ToArray();
        Assert.Equal(["data[n]", "metadata.finalizers", "metadata.labels", "metadata.name"], fields);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_object_is_refused(string body) =>
        (await _api.SendAsync(HttpMethod.Post, WidgetPath(), body)).AssertFailure(400, "BadRequest");

    [Fact]
    public async Task YAML_is_taken_too()
    {
        var (code, body) = await _api.SendAsync(
            HttpMethod.Post,
            "/api/v1/namespaces/default/configmaps",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\ndata: {a: \"1\"}\n",
            "application/yaml");

        Assert.Equal((201, "1"), (code, body.Text("data", "a")));
    }

    [Fact]
    public async Task A_body_in_another_format_is_refused() =>
        (await _api.SendAsync(HttpMethod.Post, WidgetPath(), "x", "text/plain"))
            .AssertFailure(415, "UnsupportedMediaType", "application/json");

    [Fact]
    public async Task An_object_that_is_too_large_is_refused() =>
        (await _api.PostAsync(
            "/api/v1/namespaces/default/configmaps", ConfigMap("a", data: $$"""{"x":"{{new string('x', 1_600_000)}}"}""")))
            .AssertFailure(413, "RequestEntityTooLarge");

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read() =>
        (await _api.PostAsync("/api/v1/namespaces/default/configmaps", new string(' ', 3 * 1024 * 1024 + 1)))
            .AssertFailure(413, "RequestEntityTooLarge");

    [Fact]
    public async Task A_create_without_a_namespace_is_not_allowed() =>
        (await _api.PostAsync("/apis/example.test/v1/widgets", Widget("a"))).AssertFailure(405, "MethodNotAllowed");
}
