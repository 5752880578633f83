using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Server.Admin;
using Parley.Server.Connections;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Transport;

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
    /// <remarks>A <see cref="SettingsSource"/> among its services is where it reads settings again.</remarks>
    /// <param name="options">Its settings.</param>
    /// <param name="configureLogging">Where its log goes.</param>
    /// <param name="time">Its clock; the system's unless given.</param>
    /// <param name="history">Where history is kept, which the server owns from here on; in memory unless given.</param>
    /// <param name="accounts">Where accounts are kept, which the server owns from here on; in memory unless given.</param>
    /// <param name="configureServices">What else it is given: where tokens and web hooks are kept.</param>
    /// <param name="admin">The Unix socket by which it is looked after; none unless given.</param>
    public static ParleyServer Create(
        ParleyOptions options,
        Action<ILoggingBuilder> configureLogging,
        TimeProvider? time = null,
        IHistoryStore? history = null,
        IAccountStore? accounts = null,
        Action<IServiceCollection>? configureServices = null,
        string? admin = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(5))
            .AddSingleton(time ?? TimeProvider.System);
        configureServices?.Invoke(builder.Services);
        if (admin is not null)
        {
            // Ahead of all else: the first to start is the last to stop.
            builder.Services.AddHostedService(provider => new AdminListener(
                admin,
                isRequired: !string.Equals(options.Admin, "default", StringComparison.OrdinalIgnoreCase),
                provider.GetRequiredService<AdminCommands>(),
                provider.GetRequiredService<ILogger<AdminListener>>()));
        }

        if (history is not null && options.History)
        {
            // Made by the container, so that it goes after the broker that writes to it.
            builder.Services.AddSingleton(_ => history);
        }

        if (accounts is not null)
        {
            builder.Services.AddSingleton(_ => accounts);
        }

        builder.Services.AddParley(options);
        AddHttp(builder, options);
        var app = builder.Build();
        app.Use(HttpGate.AnswerAsync);
        if (!ParleyOptions.IsNone(options.AcmeWebroot))
        {
            app.Use(new AcmeChallenges(options).AnswerAsync);
        }

        app.UseHttpProxies(options.HttpProxyFrom);
        app.Use(app.Services.GetRequiredService<HostRule>().CheckAsync);
        if (app.Services.GetService<HttpsRule>() is { } https)
        {
            app.Use(https.ApplyAsync);
        }

        app.MapParley();
        return new ParleyServer(app);
    }

    /// <summary>Listens. Afterwards <see cref="Listeners"/> says where.</summary>
    /// <exception cref="ListenException">An address cannot be listened at.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _app.Services.GetService<HttpListeners>()?.Prepare();
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException && _app.Services.GetService<HttpListeners>() is not null)
        {
            throw _app.Services.GetRequiredService<HttpListeners>().Explain(e);
        }
    }

    /// <summary>Reads settings again, and the files that they name, and takes over what may change. Blocks meanwhile.</summary>
    /// <returns>All settings that differ; those that are not <see cref="SettingsChange.IsLive"/> wait for the next start.</returns>
    /// <exception cref="SettingsException">A setting or a file will not do, and nothing has changed.</exception>
    public IReadOnlyList<SettingsChange> Reload() => _app.Services.GetRequiredService<SettingsReloader>().Reload();

    /// <summary>Number of sessions that are open, of all protocols.</summary>
    public int Sessions => _app.Services.GetRequiredService<OpenSessions>().Count;

    /// <summary>
    /// Sends its people to other servers: it is not ready from here on and lets nobody in, and each session is told to come back, at most
    /// <see cref="ParleyOptions.DrainRate"/> a second. The server runs on, and stays as it is; a second time waits for the first.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the drain goes on.</param>
    /// <returns>Completes when nobody is left.</returns>
    public Task DrainAsync(CancellationToken cancellationToken = default) => _app.Services.GetRequiredService<ServerDrain>().RunAsync(cancellationToken);

    /// <summary>Waits until the process is told to stop, and then until everything pending is sent, at most for the drain timeout.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops: what was accepted is sent, at most for the drain timeout.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>Lets go of everything; stop first.</summary>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddHttp(WebApplicationBuilder builder, ParleyOptions options)
    {
        HttpListener[] listeners =
        [
            .. options.Http.EndPoint is { } plain ? [new HttpListener("http", plain)] : Array.Empty<HttpListener>(),
            .. options.Https.EndPoint is { } encrypted ? [new HttpListener("https", encrypted)] : Array.Empty<HttpListener>(),
        ];
        if (listeners.Length == 0)
        {
            builder.Services.AddSingleton<IServer, NoHttpServer>();
            return;
        }

        builder.Services.AddSingleton<IConnectionListenerFactory, PacedListenerFactory>();
        builder.WebHost.UseKestrelCore();
        foreach (var listener in listeners)
        {
            builder.Services.AddSingleton(listener);
        }

        builder.Services
            .AddSingleton<HttpsRule>()
            .AddSingleton<HttpListeners>()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => provider.GetRequiredService<HttpListeners>());
    }
}
