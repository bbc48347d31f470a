using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeApi.Objects;

namespace KubeApi.Credentials;

/// <summary>Runs a program that prints a credential, and keeps what it printed until it expires or is refused.</summary>
public sealed class ExecPlugin(ExecPluginSettings settings, TimeProvider time) : ICredentialSource, IDisposable
{
    /// <summary>A credential about to expire would be refused on arrival.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _running = new(1, 1);
    private volatile Held? _held;

    public async ValueTask<Credential> GetAsync(CancellationToken cancelled)
    {
        if (_held is { } held && IsGood(held)) return held.Credential;

        // One run serves all who wait: plugins open browsers and ask for second factors.
        await _running.WaitAsync(cancelled).ConfigureAwait(false);
        try
        {
            if (_held is { } other && IsGood(other)) return other.Credential;

            var fresh = await RunAsync(cancelled).ConfigureAwait(false);
            _held = fresh;
            return fresh.Credential;
        }
        finally
        {
            _running.Release();
        }
    }

    public void Refused() => _held = null;

    public void Dispose() => _running.Dispose();

    private bool IsGood(Held held) => held.Expires is not { } expires || time.GetUtcNow() < expires - Leeway;

    private async Task<Held> RunAsync(CancellationToken cancelled)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, deadline.Token);
        using var process = Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var complaint = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw Failure($"it ended with code {process.ExitCode}: {(await complaint.ConfigureAwait(false)).Trim()}");

            return Read(await output.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancelled.ThrowIfCancellationRequested();
            throw Failure($"it did not end within {Patience.TotalSeconds:0} s");
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(settings.Command)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var argument in settings.Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings.Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = Request().ToJsonString();
        try
        {
            var process = Process.Start(start)!;
            // A controller has no terminal: the plugin meets the end of its input instead of waiting for a person.
            process.StandardInput.Close();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Failure(e.Message, e);
        }
    }

    private JsonObject Request()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (settings.Cluster is not null) spec["cluster"] = settings.Cluster.DeepClone();
        return new JsonObject { ["apiVersion"] = settings.ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private Held Read(string output)
    {
        ExecCredentialStatus status;
        try
        {
            var credential = JsonSerializer.Deserialize(output, KubeJson.Default.ExecCredential);
            if (credential?.ApiVersion != settings.ApiVersion)
                throw Failure($"it answered in {credential?.ApiVersion}, and the kubeconfig asks for {settings.ApiVersion}");
            status = credential.Status ?? throw Failure("its answer has no status");
        }
        catch (JsonException e)
        {
            // Not e.Message alone with the output: that may hold the token.
            throw Failure("its output is not an ExecCredential in JSON", e);
        }

        var fromToken = status.Token is { Length: > 0 } token ? Credential.Bearer(token) : Credential.Anonymous;
        return new Held(fromToken with { Certificate = ReadCertificate(status) }, status.ExpirationTimestamp);
    }

    private X509Certificate2? ReadCertificate(ExecCredentialStatus status)
    {
        if (status is not { ClientCertificateData: { } certificate, ClientKeyData: { } key }) return null;
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (CryptographicException e)
        {
            throw Failure($"its client certificate cannot be used: {e.Message}", e);
        }
    }

    private CredentialException Failure(string what, Exception? inner = null)
    {
        var hint = settings.InstallHint is null ? "" : $" {settings.InstallHint}";
        return new CredentialException(
            $"The credential plugin {settings.Command} of the kubeconfig failed: {what}.{hint}", inner);
    }

    private sealed record Held(Credential Credential, DateTimeOffset? Expires);
}
