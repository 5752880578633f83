using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Connections;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Loop;
using Parley.Server.Upgrade;
using Parley.TestKit;

namespace Parley.Server.Tests.Upgrade;

/// <summary>A server on free ports, and another one that goes on with what it has left, as often as wanted.</summary>
internal sealed class TwoServers : IAsyncDisposable
{
    private readonly Action<ParleyOptions> _configure;
    private readonly Dictionary<string, EndPoint> _addresses = [];
    private ParleyServer _server = null!;

    private TwoServers(Action<ParleyOptions> configure) => _configure = configure;

    /// <summary>The accounts of both.</summary>
    public MemoryAccountStore Accounts { get; } = new();

    public CollectedLog Log { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The state that the last server has left.</summary>
    public ServerState? State { get; private set; }

    /// <summary>Starts the first. Skips the test where no socket can be handed over.</summary>
    public static async Task<TwoServers> StartAsync(Action<ParleyOptions>? configure = null)
    {
        Assert.SkipUnless(SocketLoops.IsSupported, "There are no socket loops on this system");
        var servers = new TwoServers(configure ?? (_ => { }));
        await servers.StartServerAsync(null);
        return servers;
    }

    /// <summary>A client of the server that runs.</summary>
    public Task<ScriptedClient> ConnectAsync(string listener, string name = "client")
        => ScriptedClient.ConnectAsync(_addresses[listener], name);

    /// <summary>Somebody on IRC, in <c>#main</c>, with capabilities.</summary>
    public async Task<ScriptedClient> JoinIrcAsync(string nick, string capabilities = "")
    {
        var client = await ConnectAsync("irc", nick);
        await client.SendLinesAsync($"CAP REQ :{capabilities}", $"NICK {nick}", $"USER {nick} 0 * :{nick}", "CAP END", "JOIN #main");
        await client.ReadUntilContainsAsync(" 366 ");
        return client;
    }

    /// <summary>The server that runs leaves what it knows, and another one goes on with that.</summary>
    /// <param name="inBetween">Comes when neither serves.</param>
    public async Task HandOverAsync(Func<Task>? inBetween = null)
    {
        IUpgradable upgradable = _server;
        var handing = upgradable.HandOverAsync(upgradable.FindListeners());
        while (await Task.WhenAny(handing, Time.WhenTimerArmedAsync(Handover.Goodbye)).WithinSafetyAsync() != handing)
        {
            // Whoever is told to go is not waited for.
            Time.Advance(Handover.Goodbye);
        }

        State = await handing;
        await _server.DisposeAsync();
        await (inBetween?.Invoke() ?? Task.CompletedTask);
        await StartServerAsync(State);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }

    private async Task StartServerAsync(ServerState? state)
    {
        var options = RealServer.FreePorts();
        _configure(options);
        var sockets = state?.Sockets;
        sockets?.ApplyTo(options);
        _server = ParleyServer.Create(
            options,
            logging => logging.AddProvider(Log),
            Time,
            accounts: Accounts,
            configureServices: services =>
            {
                if (state is not null)
                {
                    services.AddSingleton(state).AddSingleton(sockets!);
                }
            });
        await _server.StartAsync(TestContext.Current.CancellationToken).WithinSafetyAsync();
        _server.Open();
        foreach (var listener in _server.Listeners)
        {
            // They are the same for all servers.
            _addresses.TryAdd(listener.Name, listener.Address);
            Assert.Equal(_addresses[listener.Name], listener.Address);
        }
    }
}
