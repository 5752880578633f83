using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Core.Broker;
using Parley.Core.Names;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.Http;
using Parley.Server.Lines;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Hosting;

/// <summary>A whole Parley server in one process, composed from its settings.</summary>
public sealed class ParleyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ParleyServer(WebApplication app) => _app = app;

    /// <summary>The listeners that are ready; empty before the server has started.</summary>
    public IReadOnlyList<Listener> Listeners => _app.Services.GetRequiredService<ListenerTable>().Listeners;

    /// <summary>Composes a server; it does nothing before it is started.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="configureLogging">Where its log goes.</param>
    /// <param name="time">Its clock; the system's unless given.</param>
    public static ParleyServer Create(ParleyOptions options, Action<ILoggingBuilder> configureLogging, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        configureLogging(builder.Logging);
        builder.Services
            .AddRoutingCore()
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(5))
            .AddSingleton(options)
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(new BrokerOptions())
            .AddSingleton<IBroker>(services => new LocalBroker(
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<BrokerOptions>(),
                services.GetService<SocketLoops>()))
            .AddSingleton(new NameGenerator((ulong)Random.Shared.NextInt64()))
            .AddSingleton<ConnectionGate>()
            .AddSingleton<LineServer>()
            .AddSingleton<LinesContext>()
            .AddSingleton<AddressedContext>()
            .AddSingleton<ListenerTable>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>>(services => services.GetRequiredService<ListenerTable>())
            .AddSingleton<IConnectionListenerFactory, LineListenerFactory>()
            .AddSingleton<ShutdownSequence>()
            .AddHostedService(services => services.GetRequiredService<ShutdownSequence>());
        if (SocketLoops.IsSupported)
        {
            builder.Services.AddSingleton<SocketLoops>();
        }

        var app = builder.Build();
        app.MapHealth(app.Services.GetRequiredService<ShutdownSequence>());
        return new ParleyServer(app);
    }

    /// <summary>Listens. Afterwards <see cref="Listeners"/> says where.</summary>
    /// <exception cref="ListenException">An address cannot be listened at.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var listeners = _app.Services.GetRequiredService<ListenerTable>();
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw listeners.Explain(e);
        }
    }

    /// <summary>Waits until the process is told to stop, and then until everything pending is sent, at most for the drain timeout.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops: what was accepted is sent, at most for the drain timeout.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>Lets go of everything; stop first.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
