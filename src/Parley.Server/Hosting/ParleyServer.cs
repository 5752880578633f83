using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.History;
using Parley.Server.Http;
using Parley.Server.Lines;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Status;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Hosting;

/// <summary>A whole Parley server in one process, composed from its settings.</summary>
public sealed class ParleyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ParleyServer(WebApplication app) => _app = app;

    /// <summary>The listeners that are ready; empty before the server has started.</summary>
    public IReadOnlyList<Listener> Listeners =>
    [
        .. _app.Services.GetRequiredService<LineListeners>().Listeners,
        .. _app.Services.GetServices<HttpListener>().Select(http => http.Listener),
    ];

    /// <summary>Composes a server; it does nothing before it is started.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="configureLogging">Where its log goes.</param>
    /// <param name="time">Its clock; the system's unless given.</param>
    /// <param name="history">Where history is kept, which the server owns from here on; in memory unless given.</param>
    public static ParleyServer Create(
        ParleyOptions options,
        Action<ILoggingBuilder> configureLogging,
        TimeProvider? time = null,
        IHistoryStore? history = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(5))
            .AddSingleton(options)
            .AddSingleton(time ?? TimeProvider.System);
        AddCore(builder.Services);
        if (options.History)
        {
            AddHistory(builder.Services, options, history ?? new MemoryHistoryStore());
        }

        AddLineProtocols(builder.Services);
        AddMetrics(builder, options);
        AddHttp(builder, options);
        var app = builder.Build();
        Map(app, options);
        return new ParleyServer(app);
    }

    /// <summary>Listens. Afterwards <see cref="Listeners"/> says where.</summary>
    /// <exception cref="ListenException">An address cannot be listened at.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException && _app.Services.GetService<HttpListener>() is not null)
        {
            throw _app.Services.GetRequiredService<HttpListener>().Explain(e);
        }
    }

    /// <summary>Waits until the process is told to stop, and then until everything pending is sent, at most for the drain timeout.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops: what was accepted is sent, at most for the drain timeout.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>Lets go of everything; stop first.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddCore(IServiceCollection services)
    {
        services
            .AddSingleton(new BrokerOptions())
            .AddSingleton(provider => new LocalBroker(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<BrokerOptions>(),
                provider.GetService<SocketLoops>()))
            .AddSingleton<IBroker>(provider => provider.GetRequiredService<LocalBroker>())
            .AddSingleton(new NameGenerator((ulong)Random.Shared.NextInt64()));
    }

    private static void AddHistory(IServiceCollection services, ParleyOptions options, IHistoryStore store)
    {
        var recording = new RecordingOptions
        {
            Retention = new Retention(TimeSpan.FromDays(options.HistoryDays), options.HistoryMessages),
            OnFailure = options.HistoryFailure,
        };
        services
            .AddSingleton<RecordingMonitor>()

            // Made by the container, so that it goes after the broker that writes to it.
            .AddSingleton(_ => store)
            .AddSingleton<IBroker>(provider => new RecordingBroker(
                provider.GetRequiredService<LocalBroker>(),
                provider.GetRequiredService<IHistoryStore>(),
                recording,
                provider.GetRequiredService<RecordingMonitor>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<SocketLoops>()?.WhenIdle));
    }

    private static void AddLineProtocols(IServiceCollection services)
    {
        services
            .AddSingleton<ConnectionGate>()
            .AddSingleton<ShutdownSequence>()
            .AddSingleton<LineServer>()
            .AddSingleton<LinesContext>()
            .AddSingleton<LinesConnectionHandler>()
            .AddSingleton<AddressedContext>()
            .AddSingleton<AddressedConnectionHandler>()
            .AddSingleton<LineListenerFactory>()
            .AddSingleton<LineListeners>()
            .AddHostedService(provider => provider.GetRequiredService<LineListeners>());
        if (SocketLoops.IsSupported)
        {
            services.AddSingleton<SocketLoops>();
        }
    }

    private static void AddMetrics(WebApplicationBuilder builder, ParleyOptions options)
    {
        builder.Services
            .AddMetrics()
            .AddSingleton<MessageTraces>()
            .AddSingleton<ParleyMetrics>()
            .AddSingleton<MetricsCollector>()
            .AddSingleton<Readiness>()
            .AddSingleton<StatusGuard>()
            .AddSingleton<StatusReport>()
            .AddSingleton<ILoggerProvider, EventCounter>();
        builder.Logging.AddFilter<EventCounter>("Parley", LogLevel.Information);
        if (options.Otlp.IsOn(Environment.GetEnvironmentVariable))
        {
            builder.Services.AddHostedService<OtlpExport>();
        }
    }

    private static void Map(WebApplication app, ParleyOptions options)
    {
        app.MapHealth(app.Services.GetRequiredService<Readiness>());
        if (options.Http.EndPoint is null)
        {
            return;
        }

        if (options.Metrics)
        {
            app.MapMetrics(app.Services.GetRequiredService<MetricsCollector>());
        }

        if (options.Status != StatusAccess.Off)
        {
            app.MapStatus(app.Services.GetRequiredService<StatusGuard>(), app.Services.GetRequiredService<StatusReport>());
        }
    }

    private static void AddHttp(WebApplicationBuilder builder, ParleyOptions options)
    {
        builder.Services.AddRoutingCore();
        if (options.Http.EndPoint is not { } address)
        {
            builder.Services.AddSingleton<IServer, NoHttpServer>();
            return;
        }

        builder.WebHost.UseKestrelCore();
        builder.Services
            .AddSingleton(new HttpListener(address))
            .AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => provider.GetRequiredService<HttpListener>());
    }
}
