using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests;

/// <summary>Tests against a server of their own.</summary>
public abstract class ConformanceTest : IAsyncLifetime
{
    private IrcServer? _server;

    private protected IrcServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual Task<IrcServer> StartAsync() => IrcServer.StartAsync();

    private protected virtual ValueTask CleanUpAsync() => default;
}
