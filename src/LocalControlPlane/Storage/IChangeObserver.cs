namespace LocalControlPlane.Storage;

/// <summary>Hears of each change after it is durable and before its writer is told. Called on the writer's thread: it must be
/// quick and must not write.</summary>
public interface IChangeObserver
{
    void Committed(Change change);
}
