namespace KubeApi.Events;

/// <summary>Names are the API's own.</summary>
public enum EventType
{
    Normal,

    /// <summary>Somebody may have to act.</summary>
    Warning,
}
