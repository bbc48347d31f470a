using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LocalControlPlane.Authentication;
using LocalControlPlane.Tests.Serving;
using TestSupport.Certificates;
using TestSupport.Files;
using static LocalControlPlane.Tests.Serving.ApiUnderTest;

namespace LocalControlPlane.Tests.Authentication;

public sealed class AuthenticationTests : IAsyncLifetime
{
    private ApiUnderTest _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_stranger_is_told_so(string? token)
    {
        using var client = _api.NewClient(token);
        var response = await client.GetAsync("/api");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("\"reason\":\"Unauthorized\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/version")]
    public async Task Anybody_may_ask_whether_it_is_well(string path)
    {
        using var client = _api.NewClient(null);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task The_administrators_certificate_logs_in()
    {
        using var certificate = X509Certificate2.CreateFromPemFile(
            Path.Combine(_api.DataFolder, "pki/admin.crt"), Path.Combine(_api.DataFolder, "pki/admin.key"));
        using var client = _api.NewClient(null, certificate);

        var review = await client.PostAsync(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews", new StringContent("{}", null, "application/json"));

        Assert.Equal(HttpStatusCode.Created, review.StatusCode);
        Assert.Contains("\"username\":\"sstp-admin\"", await review.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_does_not()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest($"O={Identity.Masters}, CN=sstp-admin", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        using var client = _api.NewClient(null, own);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api")).StatusCode);
    }

    [Fact]
    public async Task The_administrator_may_do_everything()
    {
        var (code, review) = await _api.PostAsync(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"delete","resource":"secrets"}}}""");

        Assert.Equal((201, "true"), (code, review.Text("status", "allowed")));
    }

    [Fact]
    public async Task A_service_accounts_token_ends_with_its_time()
    {
        var clock = new TestSupport.Time.ManualTime(DateTimeOffset.UtcNow);
        await using var api = await StartAsync(clock: clock);
        await api.CreateAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        var issued = await api.CreateAsync(
            "/api/v1/namespaces/default/serviceaccounts/robot/token", """{"spec":{"expirationSeconds":600}}""");
        using var robot = api.NewClient(issued.Text("status", "token"));

        Assert.Equal(HttpStatusCode.OK, (await robot.GetAsync("/api")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await robot.GetAsync("/api/v1/namespaces/default/secrets")).StatusCode);
        clock.Advance(TimeSpan.FromSeconds(601));
        Assert.Equal(HttpStatusCode.Unauthorized, (await robot.GetAsync("/api")).StatusCode);
    }

    [Fact]
    public async Task A_token_that_was_changed_or_asked_for_too_short_a_time_is_refused()
    {
        await _api.CreateAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        var token = (await _api.CreateAsync("/api/v1/namespaces/default/serviceaccounts/robot/token", "{}"))
            .Text("status", "token")!;
        var parts = token.Split('.');
        var admin = Convert.ToBase64String("""{"namespace":"default","name":"robot","exp":99999999999}"""u8)
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var changed in (string[])
        [
            $"{parts[0]}.{admin}.{parts[2]}", $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{parts[2][..^2]}", parts[1], "..", token + ".",
        ])
        {
            using var client = _api.NewClient(changed);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api")).StatusCode);
        }

        var (code, refusal) = await _api.PostAsync(
            "/api/v1/namespaces/default/serviceaccounts/robot/token", """{"spec":{"expirationSeconds":60}}""");
        Assert.Equal(422, code);
        Assert.Contains("less than 10 minutes", refusal.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_to_one_name_creates_nothing_whatever_the_request_selects()
    {
        using var robot = await RobotAsync(
            """[{"verbs":["*"],"apiGroups":[""],"resources":["configmaps"],"resourceNames":["mine"]}]""");
        const string maps = "/api/v1/namespaces/default/configmaps", selected = $"{maps}?fieldSelector=metadata.name=mine";

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(robot, HttpMethod.Post, selected, ConfigMap("other")));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(robot, HttpMethod.Post, selected, ConfigMap("mine")));
        Assert.Equal(404, (await _api.GetAsync($"{maps}/other")).Code);
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(robot, HttpMethod.Get, maps));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(robot, HttpMethod.Get, selected));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(robot, HttpMethod.Delete, selected));
    }

    [Fact]
    public async Task Who_binds_a_role_needs_the_right_to_bind_that_role()
    {
        using var robot = await RobotAsync("""
            [{"verbs":["create","update","patch"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"]},
             {"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["rolebindings"]},
             {"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"],"resourceNames":["small"]},
             {"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["clusterroles"],"resourceNames":["wide"]}]
            """);
        Task<HttpStatusCode> BindAsync(string name, string kind, string role) =>
            SendAsync(robot, HttpMethod.Post, Rbac("rolebindings"), Binding(name, kind, role));

        Assert.Equal(HttpStatusCode.Created, await BindAsync("a", "Role", "small"));
        Assert.Equal(HttpStatusCode.Created, await BindAsync("b", "ClusterRole", "wide"));
        Assert.Equal(HttpStatusCode.Forbidden, await BindAsync("c", "Role", "large"));
        Assert.Equal(HttpStatusCode.Forbidden, await BindAsync("c", "ClusterRole", "small"));
        // A binding that may be written is no way to another role.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await SendAsync(robot, HttpMethod.Put, $"{Rbac("rolebindings")}/a", Binding("a", "Role", "large")));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await SendAsync(
                robot, HttpMethod.Patch, $"{Rbac("rolebindings")}/a",
                """{"roleRef":{"name":"large"}}""", "application/merge-patch+json"));
        Assert.Equal("small", (await _api.GetAsync($"{Rbac("rolebindings")}/a")).Body.Text("roleRef", "name"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await SendAsync(robot, HttpMethod.Post, Rbac("roles"), """{"metadata":{"name":"small"},"rules":[]}"""));
    }

    [Fact]
    public async Task Who_writes_a_role_needs_the_right_to_escalate()
    {
        using var robot = await RobotAsync(
            """[{"verbs":["create","escalate"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"]}]""");

        Assert.Equal(
            HttpStatusCode.Created,
            await SendAsync(robot, HttpMethod.Post, Rbac("roles"), """{"metadata":{"name":"small"},"rules":[]}"""));
    }

    [Fact]
    public async Task Server_side_apply_of_what_is_not_there_needs_the_right_to_create()
    {
        using var robot = await RobotAsync("""[{"verbs":["patch"],"apiGroups":[""],"resources":["configmaps"]}]""");
        async Task<HttpResponseMessage> ApplyAsync() => await robot.PatchAsync(
            "/api/v1/namespaces/default/configmaps/c?fieldManager=robot",
            new StringContent(ConfigMap("c"), null, "application/apply-patch+yaml"));

        using var refused = await ApplyAsync();
        Assert.Contains("cannot create resource", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await _api.CreateAsync("/api/v1/namespaces/default/configmaps", ConfigMap("c"));
        using var applied = await ApplyAsync();
        Assert.Equal(HttpStatusCode.OK, applied.StatusCode);
    }

    [Fact]
    public void What_lets_somebody_in_is_for_its_owner_only()
    {
        foreach (var file in (string[])
        [
            "kubeconfig", "pki/token", "pki/ca.key", "pki/admin.key", "pki/server.key", "pki/service-accounts.key", "objects.db",
        ])
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_api.DataFolder, file)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_api.DataFolder));
    }

    [Fact]
    public async Task A_second_start_keeps_token_and_authority()
    {
        using var folder = new TemporaryFolder("api");
        string first, second;
        await using (var api = await StartAsync(folder, ownsFolder: false))
            first = api.Token + File.ReadAllText(Path.Combine(api.DataFolder, "pki/ca.crt"));
        await using (var api = await StartAsync(folder, ownsFolder: false))
            second = api.Token + File.ReadAllText(Path.Combine(api.DataFolder, "pki/ca.crt"));

        Assert.Equal(first, second);
    }

    [Fact]
    public void A_leaf_that_nears_its_end_or_lacks_a_name_is_made_anew()
    {
        using var folder = new TemporaryFolder("pki");
        var clock = new TestSupport.Time.ManualTime(DateTimeOffset.UtcNow);
        using var authority = ServerAuthority.Open(folder.Path, clock);
        using var first = authority.ServerCertificate(["localhost"]);
        using var same = authority.ServerCertificate(["localhost"]);
        using var named = authority.ServerCertificate(["localhost", "host.example.test"]);
        clock.Advance(TimeSpan.FromDays(300));
        using var renewed = authority.ServerCertificate(["localhost", "host.example.test"]);

        Assert.Equal(first.Thumbprint, same.Thumbprint);
        Assert.NotEqual(same.Thumbprint, named.Thumbprint);
        Assert.NotEqual(named.Thumbprint, renewed.Thumbprint);
    }

    [Fact]
    public void A_client_of_another_purpose_is_not_trusted()
    {
        using var folder = new TemporaryFolder("pki");
        using var authority = ServerAuthority.Open(folder.Path, TimeProvider.System);
        using var server = authority.ServerCertificate(["localhost"]);
        using var administrator = authority.AdministratorCertificate();
        using var other = new TestAuthority();
        var stranger = other.Issue("localhost");
        using var foreign = X509Certificate2.CreateFromPem(stranger.CertificatePem, stranger.KeyPem);

        Assert.True(authority.Trusts(administrator));
        Assert.False(authority.Trusts(server));
        Assert.False(authority.Trusts(foreign));
    }

    private static string Rbac(string plural) => $"/apis/rbac.authorization.k8s.io/v1/namespaces/default/{plural}";

    private static string Binding(string name, string kind, string role) => $$$"""
        {"metadata":{"name":"{{{name}}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"{{{kind}}}","name":"{{{role}}}"},
         "subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"default"}]}
        """;

    private static async Task<HttpStatusCode> SendAsync(
        HttpClient client, HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, null, type);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>A client that logs in as a service account with one role of these rules.</summary>
    private async Task<HttpClient> RobotAsync(string rules)
    {
        await _api.CreateAsync("/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"robot"}}""");
        await _api.CreateAsync(Rbac("roles"), $$"""{"metadata":{"name":"robots"},"rules":{{rules}}}""");
        await _api.CreateAsync(Rbac("rolebindings"), Binding("robots", "Role", "robots"));
        return _api.NewClient(
            (await _api.CreateAsync("/api/v1/namespaces/default/serviceaccounts/robot/token", "{}")).Text("status", "token"));
    }
}
