using LocalControlPlane.Authentication;
using LocalControlPlane.Collection;
using LocalControlPlane.Definitions;
using LocalControlPlane.Objects;
using LocalControlPlane.Serving;
using LocalControlPlane.Storage;
using LocalControlPlane.Watching;
using Microsoft.Extensions.Logging;

namespace LocalControlPlane;

/// <summary>The embedded API server with its store and its collectors. For one host,
/// tests and demonstrations; never a cluster.</summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ServerAuthority _authority;
    private readonly ApiServer _server;
    private readonly Collector _collector;
    private bool _isDisposed;

    private ControlPlane(
        DataFolder folder, ObjectStore store, TypeRegistry types, ServerAuthority authority,
        ApiServer server, Collector collector, TimeProvider clock)
    {
        _folder = folder;
        Store = store;
        Types = types;
        _authority = authority;
        _server = server;
        _collector = collector;
        Reader = new ObjectReader(store);
        Writer = new ObjectWriter(store, clock);
        Remover = new ObjectRemover(store, clock);
        Watcher = new ObjectWatcher(store, clock);
    }

    /// <summary>Where clients reach it.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>The file that lets kubectl in.</summary>
    public string KubeconfigFile => _server.KubeconfigFile;

    public ObjectStore Store { get; }

    public TypeRegistry Types { get; }

    /// <summary>The way in for what runs in this process: the same rules as over HTTP.</summary>
    public ObjectReader Reader { get; }

    public ObjectWriter Writer { get; }

    public ObjectRemover Remover { get; }

    public ObjectWatcher Watcher { get; }

    /// <summary>Completes, with the reason, when it can no longer do its work.</summary>
    public Task Failed => _collector.Completion;

    /// <exception cref="StorageException">The store cannot be opened, or another process has it.</exception>
    /// <exception cref="IOException">The address is in use, or a file cannot be written.</exception>
    /// <exception cref="DefinitionException">A definition of the folder is not fit to be served.</exception>
    public static async Task<ControlPlane> StartAsync(
        ControlPlaneOptions options, TimeProvider clock, ILoggerFactory loggers, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = DataFolder.Open(options.DataFolder);
        try
        {
            var store = ObjectStore.Open(folder.StoreFile, options.History, clock, loggers.CreateLogger<ObjectStore>());
            try
            {
                return await StartAsync(options, folder, store, clock, loggers, stopping).ConfigureAwait(false);
            }
            catch
            {
                await store.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;

        _isDisposed = true;
        await _server.DisposeAsync().ConfigureAwait(false);
        await _collector.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        _authority.Dispose();
        _folder.Dispose();
    }

    private static async Task<ControlPlane> StartAsync(
        ControlPlaneOptions options, DataFolder folder, ObjectStore store, TimeProvider clock,
        ILoggerFactory loggers, CancellationToken stopping)
    {
        var types = new TypeRegistry(store);
        var writer = new ObjectWriter(store, clock);
        await FirstObjects.CreateAsync(store, writer).ConfigureAwait(false);
        if (options.DefinitionFolder is not null)
            await new DefinitionFolder(options.DefinitionFolder).ApplyAsync(store, writer).ConfigureAwait(false);

        var authority = ServerAuthority.Open(folder.KeyFolder, clock);
        try
        {
            var collector = new Collector(
                store, types, writer, new ObjectRemover(store, clock), clock, loggers.CreateLogger<Collector>());
            var server = await ApiServer.StartAsync(options, folder, authority, store, types, clock, loggers, stopping)
                .ConfigureAwait(false);
            collector.Start();
            return new ControlPlane(folder, store, types, authority, server, collector, clock);
        }
        catch
        {
            authority.Dispose();
            throw;
        }
    }
}
