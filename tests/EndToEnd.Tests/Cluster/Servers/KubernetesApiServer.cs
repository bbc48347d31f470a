using System.Security.Cryptography;
using EndToEnd.Tests.Network;
using TestSupport.Processes;
using TestSupport.Waiting;

namespace EndToEnd.Tests.Cluster.Servers;

/// <summary>
/// Kubernetes' own API server with its etcd, from a folder of programs, and nothing else of a cluster: no controllers, no
/// scheduler, no kubelet. What the suites need of those is in <see cref="PodRunner"/>.
/// </summary>
/// <param name="assets">The folder with <c>etcd</c> and <c>kube-apiserver</c>.</param>
/// <param name="definitions">Folder of the definitions to serve.</param>
internal sealed class KubernetesApiServer(Laboratory laboratory, string assets, string definitions) : IApiServer
{
    private const string Address = "127.0.0.1";
    private const string EtcdAddress = $"http://{Address}:2379";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private ChildProcess? _etcd;
    private ChildProcess? _server;

    public string Kubeconfig => laboratory.Folder.File("kubernetes/kubeconfig");

    /// <summary>Process ids of etcd and of the API server; null for one that does not run.</summary>
    public (int? Etcd, int? Server) Processes => (_etcd?.Id, _server?.Id);

    public async Task StartAsync()
    {
        if (_etcd is null)
        {
            WriteFiles();
            _etcd = Start("etcd",
                "--data-dir", File("etcd"), "--listen-client-urls", EtcdAddress, "--advertise-client-urls", EtcdAddress,
                "--listen-peer-urls", $"http://{Address}:0", "--unsafe-no-fsync");
        }

        _server = Start("kube-apiserver",
            $"--etcd-servers={EtcdAddress}", $"--bind-address={Address}", $"--advertise-address={Address}", "--secure-port=6443",
            $"--cert-dir={File("apiserver")}", $"--tls-cert-file={File("tls.crt")}", $"--tls-private-key-file={File("tls.key")}",
            $"--token-auth-file={File("tokens.csv")}", "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            $"--service-account-key-file={File("sa.pub")}", $"--service-account-signing-key-file={File("sa.key")}",
            "--service-cluster-ip-range=10.96.0.0/24", "--allow-privileged=true",
            // Nobody makes service accounts or their tokens here, and pods that ask for one would be refused.
            "--disable-admission-plugins=ServiceAccount");

        using var api = new ApiClient(laboratory.GatewayNamespace, Kubeconfig);
        await UntilAsync("the API server to answer", () => api.AnswersAsync("/readyz"));
        await UntilAsync("the first namespace", async () => await api.GetAsync("/api/v1/namespaces/default") is not null);
        await Definitions.ApplyAsync(api, definitions);
    }

    public async Task KillAsync()
    {
        _server!.Signal(Signal.Kill);
        await _server.WaitForExitAsync(Deadline);
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        // The store goes last, or its user would complain to the end.
        if (_server is not null) await _server.DisposeAsync();
        if (_etcd is not null) await _etcd.DisposeAsync();
    }

    private string File(string name) => laboratory.Folder.File($"kubernetes/{name}");

    private ChildProcess Start(string program, params string[] arguments) =>
        laboratory.GatewayNamespace.Start(
            laboratory.Folder.File($"{program}.log"), [Path.Combine(assets, program), .. arguments]);

    private void WriteFiles()
    {
        Directory.CreateDirectory(laboratory.Folder.File("kubernetes"));
        var certificate = laboratory.Authority.Issue(
            "kubernetes.default.svc", days: 365, moreNames: ["localhost", Address, "::1"]);
        Write("tls.crt", certificate.CertificatePem);
        Write("tls.key", certificate.KeyPem);
        using var signer = RSA.Create(2048);
        Write("sa.key", signer.ExportRSAPrivateKeyPem());
        Write("sa.pub", signer.ExportSubjectPublicKeyInfoPem());
        Write("tokens.csv", $"{_token},admin,1,\"system:masters\"");
        Write("kubeconfig", $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: suite
              cluster:
                server: https://{Address}:6443
                certificate-authority-data: {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(laboratory.Authority.CertificatePem))}
            users:
            - name: admin
              user:
                token: {_token}
            contexts:
            - name: suite
              context:
                cluster: suite
                user: admin
                namespace: default
            current-context: suite
            """);
    }

    private void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text + "\n");

    private async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        try
        {
            await Eventually.TrueAsync(what, Deadline, async () =>
            {
                foreach (var process in (ChildProcess[])[_etcd!, _server!])
                {
                    if (process.HasExited) throw new CommandFailedException($"the program ended:\n{process.Output}");
                }

                try
                {
                    return await holds();
                }
                catch (HttpRequestException)
                {
                    return false; // it does not listen yet, or is not ready to answer this
                }
                catch (System.Net.Sockets.SocketException)
                {
                    return false;
                }
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{_etcd!.Output}\n{_server!.Output}");
        }
    }
}
