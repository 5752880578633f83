using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.History;
using Parley.Server.Http;
using Parley.Server.Irc;
using Parley.Server.Lines;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.Server.Web;
using Parley.Server.WebSockets;
using Parley.Server.Transport.Tls;

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

    private CertificateFiles? Certificate => _app.Services.GetRequiredService<ConnectionLayers>().Certificate;

    /// <summary>Composes a server; it does nothing before it is started.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="configureLogging">Where its log goes.</param>
    /// <param name="time">Its clock; the system's unless given.</param>
    /// <param name="history">Where history is kept, which the server owns from here on; in memory unless given.</param>
    /// <param name="accounts">Where accounts are kept, which the server owns from here on; in memory unless given.</param>
    public static ParleyServer Create(
        ParleyOptions options,
        Action<ILoggingBuilder> configureLogging,
        TimeProvider? time = null,
        IHistoryStore? history = null,
        IAccountStore? accounts = null)
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

        AddAccounts(builder.Services, accounts ?? new MemoryAccountStore());
        AddLineProtocols(builder.Services);
        AddHttp(builder, options);
        var app = builder.Build();

        // The container disposes of what it has made, and makes what it was asked for.
        _ = app.Services.GetRequiredService<IAccountStore>();
        app.MapHealth(app.Services.GetRequiredService<ShutdownSequence>());
        app.Services.GetRequiredService<WebSocketEndpoint>().Map(app);
        app.Services.GetRequiredService<WebPageEndpoint>().Map(app);
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

    /// <summary>Whether it has started with a certificate, which <see cref="Reload"/> reads again.</summary>
    public bool HasCertificate => Certificate is not null;

    /// <summary>Reads the certificate's files now, which it otherwise does every half minute. Blocks meanwhile.</summary>
    public void Reload() => Certificate?.Reload();

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
            .AddMetrics()
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

    private static void AddAccounts(IServiceCollection services, IAccountStore store)
    {
        services
            .AddSingleton(_ => store)
            .AddSingleton(provider => new AccountService(
                provider.GetRequiredService<IAccountStore>(),
                provider.GetRequiredService<ParleyOptions>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<LoginAttempts>()
            .AddSingleton<SaslMechanisms>();
    }

    private static void AddLineProtocols(IServiceCollection services)
    {
        services
            .AddSingleton(provider => WebIrcGateways.Load(provider.GetRequiredService<ParleyOptions>().Webirc))
            .AddSingleton<ConnectionGate>()
            .AddSingleton<ShutdownSequence>()
            .AddSingleton<LineServer>()
            .AddSingleton<LinesContext>()
            .AddSingleton<LinesConnectionHandler>()
            .AddSingleton<AddressedContext>()
            .AddSingleton<AddressedConnectionHandler>()
            .AddSingleton<IrcContext>()
            .AddSingleton<IrcConnectionHandler>()
            .AddSingleton<OriginRule>()
            .AddSingleton<WebSocketEndpoint>()
            .AddSingleton<WebAssets>()
            .AddSingleton<WebPageEndpoint>()
            .AddSingleton<LineListenerFactory>()
            .AddSingleton<ConnectionLayers>()
            .AddSingleton<LineListeners>()
            .AddHostedService(provider => provider.GetRequiredService<LineListeners>());
        if (SocketLoops.IsSupported)
        {
            services.AddSingleton<SocketLoops>();
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
