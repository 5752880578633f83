using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Support;

/// <summary>A whole server on free ports of this machine.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly ParleyServer _server;

    private RealServer(ParleyServer server, CollectedLog log, ManualTimeProvider time)
        => (_server, Log, Time) = (server, log, time);

    public CollectedLog Log { get; }

    public ManualTimeProvider Time { get; }

    public IReadOnlyList<Listener> Listeners => _server.Listeners;

    /// <summary>Settings with all listeners on free ports.</summary>
    public static ParleyOptions FreePorts() => new()
    {
        Lines = ListenAddress.Loopback(0),
        Addressed = ListenAddress.Loopback(0),
        Irc = ListenAddress.Loopback(0),
        Http = ListenAddress.Loopback(0),
        History = false,
    };

    public static async Task<RealServer> StartAsync(ParleyOptions? options = null, Action<IServiceCollection>? configureServices = null)
    {
        var log = new CollectedLog();
        var time = new ManualTimeProvider();
        var server = ParleyServer.Create(options ?? FreePorts(), logging => logging.AddProvider(log), time, configureServices: configureServices);
        try
        {
            await server.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return new RealServer(server, log, time);
    }

    public EndPoint AddressOf(string name) => Listeners.Single(listener => listener.Name == name).Address;

    public async Task<ScriptedClient> EnterAsync(string name, int? receiveBufferBytes = null)
    {
        var client = await ScriptedClient.ConnectAsync(AddressOf("lines"), name, receiveBufferBytes);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    public Task StopAsync() => _server.StopAsync(CancellationToken.None).WithinSafetyAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
