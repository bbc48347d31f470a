namespace LocalControlPlane.Logs;

/// <summary>Where the runner of workloads keeps what containers print.</summary>
public interface IPodLogs
{
    /// <summary>The file of a container; null when it has not run. Each line of it is an RFC 3339 time in UTC, a space, and what
    /// was printed. A file that is moved away is followed by the new one of its name.</summary>
    /// <param name="podUid">So that a successor of the same name is not taken for it.</param>
    /// <param name="isPrevious">That of the run before the present one.</param>
    string? Find(string podUid, string container, bool isPrevious);
}
