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
using Parley.Core.Broker;
using Parley.Core.Broker.Homes;
using Parley.Core.History;
using Parley.Server.Accounts;
using Parley.Server.Admin;
using Parley.Server.Connections;
using Parley.Server.Http;
using Parley.Server.Moderation;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Transport;
using Parley.Server.Upgrade;

namespace Parley.Server.Hosting;

/// <summary>A whole Parley server in one process, composed from its settings.</summary>
public sealed class ParleyServer : IAsyncDisposable, IUpgradable
{
    /// <summary>Time that requests over HTTP have to end when the server is handed over: until they have, nobody serves.</summary>
    private static readonly TimeSpan MaxHttp = TimeSpan.FromSeconds(5);

    /// <summary>Time after which connections that have no request are ended then.</summary>
    private static readonly TimeSpan IdlePatience = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;

    private ParleyServer(WebApplication app) => _app = app;

    /// <summary>The listeners that are ready; empty before the server has started.</summary>
    public IReadOnlyList<Listener> Listeners =>
    [
        .. _app.Services.GetRequiredService<LineListeners>().Listeners,
        .. _app.Services.GetServices<HttpListener>().Select(http => http.Listener),
    ];

    private ParleyOptions Options => _app.Services.GetRequiredService<ParleyOptions>();

    /// <summary>Composes a server; it does nothing before it is started.</summary>
    /// <remarks>
    /// A <see cref="SettingsSource"/> among its services is where it reads settings again. With a <see cref="ServerState"/> among them, it goes on
    /// where another server has stopped, and serves from <see cref="Open"/> on.
    /// </remarks>
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
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit.Of(options))
            .AddSingleton<ShutdownLimit>()
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
        builder.Services.AddSingleton(provider => new ServerOpening(waits: provider.GetService<ServerState>() is not null));
        if (builder.Services.Any(service => service.ServiceType == typeof(ServerState)))
        {
            builder.Services.AddHostedService<GoingOnServer>().AddHostedService<HandedAccounts>();
        }

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

    TimeSpan IUpgradable.UpgradeTimeout => Options.UpgradeTimeout;

    string? IUpgradable.RefusesUpgrade
        => !OperatingSystem.IsLinux() ? "Only on Linux can a newer program take a server's place: stop this one, and start that one"
            : !ParleyOptions.IsNone(Options.Cluster) ? "A node of a cluster is not upgraded so: send its people to the others with parley cluster drain, and start it again"
            : Environment.ProcessId == 1 ? "This server is the first process of a container, which ends with it: start a container of the newer image"
            : null;

    /// <summary>Lets a server that goes on with the state of another one accept, read and send from here on; any other does so from its start.</summary>
    public void Open() => _app.Services.GetRequiredService<ServerOpening>().Open();

    /// <summary>Has a newer program take the server's place when an administrator asks for it. Once the server has started.</summary>
    /// <param name="upgrade">Starts that program, and knows when it is ready.</param>
    public void AllowUpgrade(ServerUpgrade upgrade) => upgrade.Server = this;

    /// <summary>Stops without a goodbye, for the newer program: comes when that is ready.</summary>
    /// <param name="upgrade">Knows when it is.</param>
    public Task<ServerState> HandOverAsync(ServerUpgrade upgrade) => upgrade.StopAsync(this);

    Task IUpgradable.RecordFailureAsync(string reason)
    {
        Log.UpgradeFailed(_app.Services.GetRequiredService<ILogger<ParleyServer>>(), reason);
        return _app.Services.GetRequiredService<AuditLog>().RecordAsync(BanCommands.Administrator, "upgrade failed", reason: reason);
    }

    IReadOnlyList<HandedListener> IUpgradable.FindListeners()
    {
        var passed = _app.Services.GetService<PassedSockets>();
        var handed = new List<HandedListener>();
        foreach (var (address, socket) in _app.Services.GetRequiredService<LineListenerFactory>().Bound)
        {
            var text = ListenAddress.At(address).ToString();
            if (Setting.All.FirstOrDefault(setting => setting.IsListener && setting.Get(Options) == text && handed.TrueForAll(each => each.Name != setting.Name)) is { } listener)
            {
                handed.Add(new HandedListener(listener.Name, passed is null ? text : passed.AskedFor(listener.Name, text)) { Socket = socket });
            }
        }

        return handed;
    }

    async Task<ServerState> IUpgradable.HandOverAsync(IReadOnlyList<HandedListener> listeners)
    {
        var handover = new Handover(new BrokerHandover(_app.Services.GetRequiredService<LocalBroker>()));
        _app.Services.GetRequiredService<ShutdownSequence>().Intend(handover);
        _app.Services.GetRequiredService<ServerOpening>().SocketsStay = true;
        using var limit = new CancellationTokenSource(MaxHttp, TimeProvider.System);
        try
        {
            // Only requests are waited for, and not whoever might send one.
            var stopping = _app.StopAsync(limit.Token);
            var gate = _app.Services.GetRequiredService<HttpGate>();
            while (await Task.WhenAny(stopping, Task.Delay(IdlePatience, TimeProvider.System, CancellationToken.None)) != stopping)
            {
                gate.AbortIdle();
            }

            await stopping;
        }
        catch (OperationCanceledException)
        {
            // Requests that take longer are cut off.
        }

        var posters = _app.Services.GetRequiredService<PosterDirectory>().HandOver();
        return new ServerState(
            listeners,
            handover.Broker,
            handover.Connections,
            [.. posters.Select(poster => new HandedPoster(poster.Name.Value, poster.Session.Value, (long)poster.QuietFor.TotalMilliseconds))],
            handover.Ended);
    }

    /// <summary>Completes when the process is told to stop, or the server; it stops with <see cref="WaitForShutdownAsync"/>.</summary>
    public Task WhenStoppingAsync()
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

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
