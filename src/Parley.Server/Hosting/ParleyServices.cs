using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Tokens;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Addressed;
using Parley.Server.Collect;
using Parley.Server.Connections;
using Parley.Server.History;
using Parley.Server.Hooks;
using Parley.Server.Http;
using Parley.Server.Irc;
using Parley.Server.Lines;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Status;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.Server.Web;
using Parley.Server.WebSockets;

namespace Parley.Server.Hosting;

/// <summary>Adds a Parley server to an application: the <c>parley</c> program's own, or any other of ASP.NET Core's.</summary>
public static class ParleyServices
{
    /// <summary>
    /// Adds a server. It listens with the application, for all protocols but HTTP, which is the application's own: see
    /// <see cref="ParleyEndpoints.MapParley"/>. Where history, accounts, tokens and web hooks are kept is the application's choice: an
    /// <see cref="IHistoryStore"/>, <see cref="IAccountStore"/>, <see cref="ITokenStore"/>, <see cref="IAnswerStore"/> or <see cref="IHookStore"/> that was
    /// added before; in memory otherwise.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the settings; those about HTTP and the data directory are the program's and not looked at.</param>
    /// <exception cref="SettingsException">Settings do not go together.</exception>
    public static IServiceCollection AddParley(this IServiceCollection services, Action<ParleyOptions>? configure = null)
    {
        var options = new ParleyOptions();
        configure?.Invoke(options);
        return services.AddParley(options);
    }

    /// <inheritdoc cref="AddParley(IServiceCollection, Action{ParleyOptions}?)"/>
    internal static IServiceCollection AddParley(this IServiceCollection services, ParleyOptions options)
    {
        List<string> faults = [.. SettingsCheck.Faults(options)];
        if (faults.Count > 0)
        {
            throw new SettingsException(faults);
        }

        services.AddSingleton(options).AddMetrics().AddRoutingCore().TryAddSingleton(TimeProvider.System);
        AddCore(services, options);
        if (options.History)
        {
            AddHistory(services, options);
        }

        AddAccounts(services);
        AddPosting(services);
        AddLineProtocols(services);
        AddIrc(services);
        AddMetrics(services, options);
        return services;
    }

    private static void AddCore(IServiceCollection services, ParleyOptions options)
    {
        services
            .AddSingleton(new BrokerOptions { MaxRoomsPerSession = options.MaxRooms })
            .AddSingleton(provider => new LocalBroker(
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<BrokerOptions>(),
                provider.GetService<SocketLoops>(),
                provider.GetRequiredService<IMessageObserver>()))
            .AddSingleton<IBroker>(provider => provider.GetRequiredService<LocalBroker>())
            .AddSingleton(new NameGenerator((ulong)Random.Shared.NextInt64()));
    }

    private static void AddHistory(IServiceCollection services, ParleyOptions options)
    {
        var recording = new RecordingOptions
        {
            Retention = new Retention(TimeSpan.FromDays(options.HistoryDays), options.HistoryMessages),
            OnFailure = options.HistoryFailure,
            KeepsEvents = options.HistoryEvents,
            RedactionWindow = options.RedactTime,
        };

        // Made by the container, so that it goes after the broker that writes to it.
        services.TryAddSingleton<IHistoryStore>(_ => new MemoryHistoryStore());
        services
            .AddSingleton<RecordingMonitor>()
            .AddSingleton<IBroker>(provider => new RecordingBroker(
                provider.GetRequiredService<LocalBroker>(),
                provider.GetRequiredService<IHistoryStore>(),
                recording,
                provider.GetRequiredService<RecordingMonitor>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<SocketLoops>()?.WhenIdle));
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.TryAddSingleton<IAccountStore>(_ => new MemoryAccountStore());
        services
            .AddSingleton(provider => new AccountService(
                provider.GetRequiredService<IAccountStore>(),
                provider.GetRequiredService<ParleyOptions>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<LoginAttempts>()
            .AddSingleton<SaslMechanisms>();
    }

    /// <summary>What programs say and are told: posts over HTTP, the collector's sessions, web hooks.</summary>
    private static void AddPosting(IServiceCollection services)
    {
        services.TryAddSingleton<ITokenStore, MemoryTokenStore>();
        services.TryAddSingleton<IAnswerStore, MemoryAnswerStore>();
        services.TryAddSingleton<IHookStore, MemoryHookStore>();
        services.TryAddSingleton(provider => new HookSender(provider.GetRequiredService<TimeProvider>()));
        services
            .AddSingleton<PosterDirectory>()
            .AddSingleton<IRoomPoster>(provider => provider.GetRequiredService<PosterDirectory>())
            .AddSingleton<BearerTokens>()
            .AddSingleton<TokenRates>()
            .AddSingleton<IdempotentAnswers>()
            .AddSingleton<PostEndpoint>()
            .AddSingleton<HookMonitor>()
            .AddSingleton<WebHooks>()
            .AddSingleton<IMessageObserver>(provider => provider.GetRequiredService<WebHooks>())

            // Ahead of the listeners: it starts before anything is said, and stops when nothing more is.
            .AddHostedService(provider => provider.GetRequiredService<WebHooks>());
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
            .AddSingleton<CollectContext>()
            .AddSingleton<CollectConnectionHandler>()
            .AddSingleton<LineListenerFactory>()
            .AddSingleton<ConnectionLayers>()
            .AddSingleton<LineListeners>()
            .AddSingleton<IListenerList>(provider => provider.GetRequiredService<LineListeners>())
            .AddHostedService(provider => provider.GetRequiredService<LineListeners>());
        if (SocketLoops.IsSupported)
        {
            services.AddSingleton<SocketLoops>();
        }
    }
    private static void AddIrc(IServiceCollection services)
    {
        services
            .AddSingleton<IrcContext>()
            .AddSingleton<IrcConnectionHandler>()
            .AddSingleton<OriginRule>()
            .AddSingleton<WebSocketEndpoint>()
            .AddSingleton<WebAssets>()
            .AddSingleton<WebPageEndpoint>();
    }

    private static void AddMetrics(IServiceCollection services, ParleyOptions options)
    {
        services
            .AddSingleton<MessageTraces>()
            .AddSingleton<ParleyMetrics>()
            .AddSingleton<MetricsCollector>()
            .AddSingleton<Readiness>()
            .AddSingleton<StatusGuard>()
            .AddSingleton<StatusReport>()
            .AddSingleton<ILoggerProvider, EventCounter>()
            .AddLogging(logging => logging.AddFilter<EventCounter>("Parley", LogLevel.Information));
        if (options.Otlp.IsOn(Environment.GetEnvironmentVariable))
        {
            services.AddHostedService<OtlpExport>();
        }
    }
}
