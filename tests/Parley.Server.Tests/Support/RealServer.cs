using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.History;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Transport;
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

    /// <summary>Starts one.</summary>
    /// <param name="options">Its settings; free ports unless given.</param>
    /// <param name="history">With given settings, whatever they say; otherwise whether it keeps history, in memory.</param>
    /// <param name="store">Where it keeps history; in memory unless given.</param>
    /// <param name="configureServices">What else it is given.</param>
    public static async Task<RealServer> StartAsync(ParleyOptions? options = null, bool history = false, IHistoryStore? store = null, Action<IServiceCollection>? configureServices = null)
    {
        if (options is null)
        {
            options = FreePorts();
            options.History = history || store is not null;
        }

        var log = new CollectedLog();
        var time = new ManualTimeProvider();
        var server = ParleyServer.Create(options, logging => logging.AddProvider(log), time, store, configureServices: configureServices);
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

    /// <summary>Whoever asks its HTTP listener.</summary>
    public HttpClient Http() => new() { BaseAddress = new Uri($"http://{AddressOf("http")}"), Timeout = Safety.Timeout };

    /// <summary>What is at a path.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var http = Http();
        return await http.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>Its metrics, which are valid.</summary>
    public async Task<PrometheusText> MetricsAsync() => PrometheusText.Parse(await GetAsync("/metrics"));

    /// <summary>Asks for its metrics until they are as they should be.</summary>
    public async Task<PrometheusText> UntilAsync(Func<PrometheusText, bool> isSo)
    {
        using var limit = new CancellationTokenSource(Safety.Timeout);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var metrics = await MetricsAsync();
            if (isSo(metrics))
            {
                return metrics;
            }
        }
    }

    /// <summary>Sends its people elsewhere.</summary>
    public Task DrainAsync(CancellationToken? cancellationToken = null) => _server.DrainAsync(cancellationToken ?? TestContext.Current.CancellationToken);

    public int Sessions => _server.Sessions;

    public Task StopAsync() => _server.StopAsync(CancellationToken.None).WithinSafetyAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
