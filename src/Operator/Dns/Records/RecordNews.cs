using KubeApi.Events;
using Operator.Resources;

namespace Operator.Dns.Records;

/// <summary>Events about records.</summary>
public sealed class RecordNews(IEventRecorder events)
{
    public void Tell(RecordPass pass, EventType severity, string reason, string action, string note) =>
        events.Record(Kinds.DdnsRecords, pass.Metadata, severity, reason, action, note);

    /// <summary>Says nothing when that was the last thing said.</summary>
    public void TellOnce(RecordPass pass, EventType severity, string reason, string action, string note)
    {
        if (pass.Memory.LastTold == reason + note) return;
        pass.Memory.LastTold = reason + note;
        Tell(pass, severity, reason, action, note);
    }
}
