using System.Text.RegularExpressions;
using GatewayConfig.Channel;
using KubeApi.Objects;

namespace Operator.Gateways.Planning.Status;

/// <summary>What keeps one pod from serving.</summary>
/// <param name="Reason">Null when nothing does.</param>
/// <param name="Message">The same for a person, with what to do.</param>
internal sealed partial record PodFinding(string? Reason, string Message, bool NeedsPerson)
{
    private static readonly PodFinding Fine = new(null, "", false);

    // How the gateway says on its last line why it could not start (event 901).
    private const string CannotRun = "The gateway cannot run: ";

    public static PodFinding Of(KubeObject<Pod> pod, GatewayReport? report, IReadOnlyList<KubeObject> warnings)
    {
        if (pod.Metadata.IsDeleting) return new PodFinding("Draining", "is on its way down and lets its calls end", false);
        return NotScheduled(pod) ?? Mounting(pod, warnings) ?? Waiting(pod)
            ?? Failed(pod) ?? Reported(pod, report) ?? Starting(pod) ?? Fine;
    }

    private static PodFinding? NotScheduled(KubeObject<Pod> pod)
    {
        var condition = pod.Value.Status?.Conditions?.FirstOrDefault(condition =>
            condition is { Type: "PodScheduled", Status: "False" });
        if (condition is null) return null;
        var message = condition.Message ?? "the scheduler does not say why";
        return message.Contains("free ports", StringComparison.Ordinal)
            ? new PodFinding(
                "PortInUse", $"finds no node whose ports are free ({message}); give other ports, or more nodes", true)
            : new PodFinding("Unschedulable", $"finds no node ({message})", false);
    }

    // The kubelet says what it cannot mount in events only.
    private static PodFinding? Mounting(KubeObject<Pod> pod, IReadOnlyList<KubeObject> warnings)
    {
        if (pod.Value.Status?.Phase != "Pending") return null;
        var note = warnings.LastOrDefault(warning => Warning.Is(warning, "FailedMount", pod.Metadata.Name));
        if (note is null) return null;
        var message = Warning.Message(note);
        return message.Contains("/dev/net/tun", StringComparison.Ordinal)
            ? new PodFinding(
                "TunDeviceMissing", "finds no /dev/net/tun on its node; load the kernel module there (modprobe tun)", true)
            : new PodFinding("MountFailed", $"waits for a volume: {message}", false);
    }

    private static PodFinding? Waiting(KubeObject<Pod> pod)
    {
        var container = pod.Value.Status?.ContainerStatuses?.FirstOrDefault(container => container.State?.Waiting is not null);
        if (container?.State?.Waiting is not { } waiting) return null;
        return waiting.Reason switch
        {
            "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError"
                or "RegistryUnavailable" =>
                new PodFinding(
                    "ImagePull",
                    $"cannot get its image {container.Image}; look at workload.image and workload.imagePullSecrets", true),
            "CrashLoopBackOff" or "CreateContainerError" or "RunContainerError" or "CreateContainerConfigError" =>
                Ended(container.LastState?.Terminated, waiting),
            _ => null,
        };
    }

    private static PodFinding Ended(ContainerTerminated? terminated, ContainerWaiting waiting)
    {
        var text = terminated?.Message ?? waiting.Message ?? waiting.Reason ?? "";
        var begins = text.LastIndexOf(CannotRun, StringComparison.Ordinal);
        var cause = Clean(begins < 0 ? text : text[(begins + CannotRun.Length)..]);
        if (cause.Contains("/dev/net/tun", StringComparison.Ordinal))
            return new PodFinding(
                "TunDeviceDenied",
                $"may not use /dev/net/tun ({cause}); its container runtime must allow the device 10:200, "
                + "and the node needs the kernel module tun",
                true);
        if (cause.Contains("cannot listen on", StringComparison.Ordinal))
            return new PodFinding(
                "PortInUse",
                $"cannot have its port on the node ({cause}); give another one in listening.port or administration", true);
        return new PodFinding(
            "Crashing", $"does not stay up ({(cause.Length > 0 ? cause : "it says nothing")}); kubectl logs says more", false);
    }

    private static PodFinding? Failed(KubeObject<Pod> pod) =>
        pod.Value.Status is { Phase: "Failed" } status
            ? new PodFinding("PodFailed", $"was refused by its node: {status.Reason} {Clean(status.Message ?? "")}", false)
            : null;

    private static PodFinding? Reported(KubeObject<Pod> pod, GatewayReport? report)
    {
        if (report?.Status is not { } status) return null;
        if (status.Refused is { } refused)
            return new PodFinding(
                "ConfigurationRefused",
                $"refuses its configuration and keeps the one before: {string.Join("; ", refused.Mistakes.Take(3))}", true);
        if (status.IsDraining) return new PodFinding("Draining", "is on its way down and lets its calls end", false);
        if (status.Pools is { Total4: > 0, Free4: 0 })
            return new PodFinding("PoolExhausted", "has no address left for another caller; add one to addressing.pools4", false);
        if (!pod.Value.IsReady && AwaitsCertificate(status))
            return new PodFinding(
                "NoCertificateYet",
                "has been given no certificate yet: it shows a self-signed placeholder, and takes calls once there is one",
                false);
        if (!pod.Value.IsReady && status.Obstacles.Count > 0)
            return new PodFinding("NotReady", $"takes no calls: {string.Join(" ", status.Obstacles)}", false);
        return null;
    }

    // One that is there and no good is refused, with a reason; another obstacle counts for more than one that passes by itself.
    private static bool AwaitsCertificate(GatewayStatus status) =>
        status is { Certificates: [{ IsPlaceholder: true }], RefusedCertificates: [], Obstacles: [_] };

    private static PodFinding? Starting(KubeObject<Pod> pod) =>
        pod.Value.IsReady ? null : new PodFinding("Starting", "is not ready yet", false);

    private static string Clean(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length > 300 ? line[..300] + "..." : line;
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
