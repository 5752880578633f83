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
using Parley.Core.Ports;
using Parley.Server.Options;
using Parley.Server.Transport;
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
    /// <param name="configureServices">What else it is given: where tokens and web hooks are kept.</param>
    public static ParleyServer Create(
        ParleyOptions options,
        Action<ILoggingBuilder> configureLogging,
        TimeProvider? time = null,
        IHistoryStore? history = null,
        IAccountStore? accounts = null,
        Action<IServiceCollection>? configureServices = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        configureLogging(builder.Logging);
        builder.Services
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout + TimeSpan.FromSeconds(5))
            .AddSingleton(time ?? TimeProvider.System);
        configureServices?.Invoke(builder.Services);
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
        app.UseHttpProxies(options.HttpProxyFrom);
        app.MapParley();
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

    private static void AddHttp(WebApplicationBuilder builder, ParleyOptions options)
    {
        if (options.Http.EndPoint is not { } address)
        {
            builder.Services.AddSingleton<IServer, NoHttpServer>();
            return;
        }

        builder.Services.AddSingleton<IConnectionListenerFactory, PacedListenerFactory>();
        builder.WebHost.UseKestrelCore();
        builder.Services
            .AddSingleton(new HttpListener(address))
            .AddSingleton<IConfigureOptions<KestrelServerOptions>>(provider => provider.GetRequiredService<HttpListener>());
    }
}
