using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Hooks;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Push;
using Parley.Core.Rooms;
using Parley.Core.Tokens;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Addressed;
using Parley.Server.Admin;
using Parley.Server.Collect;
using Parley.Server.Connections;
using Parley.Server.Files;
using Parley.Server.History;
using Parley.Server.Hooks;
using Parley.Server.Http;
using Parley.Server.Http.Accounts;
using Parley.Server.Http.Api;
using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Registration;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Lines;
using Parley.Server.Lines.Commands;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Mail;
using Parley.Server.Metrics;
using Parley.Server.Moderation;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.Server.Previews;
using Parley.Server.Push;
using Parley.Server.Status;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.Server.Web;
using Parley.Server.Web.Login;
using Parley.Server.WebSockets;

namespace Parley.Server.Hosting;

/// <summary>Adds a Parley server to an application: the <c>parley</c> program's own, or any other of ASP.NET Core's.</summary>
public static class ParleyServices
{
    /// <summary>
    /// Key of the service of type <see cref="HttpMessageHandler"/> by which an application takes requests to push services another way, such as
    /// through a proxy. It MUST keep them out of networks that are not public: their addresses come from clients.
    /// </summary>
    public const string PushHandlerKey = "parley.push";

    /// <summary>Key of the service of type <see cref="IBroker"/> that decides in place of the server's own, where the server is a node of a cluster.</summary>
    public const string ClusterKey = "parley.cluster";

    /// <summary>
    /// Adds a server. It listens with the application, for the protocols that <paramref name="configure"/> gives an address; for none by
    /// default. HTTP is the application's own: see <see cref="ParleyEndpoints.MapParley"/>. Where history, accounts, bans, tokens and web hooks are kept is the application's choice: an
    /// <see cref="IHistoryStore"/>, <see cref="IAccountStore"/>, <see cref="IBanStore"/>, <see cref="IAuditStore"/>, <see cref="IPushStore"/>, <see cref="IRoomRegistry"/>, <see cref="ITokenStore"/>, <see cref="IAnswerStore"/> or <see cref="IHookStore"/> that was
    /// added before; in memory otherwise.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Changes the settings; those about HTTP and the data directory are the program's and not looked at.</param>
    /// <exception cref="SettingsException">Settings do not go together.</exception>
    public static IServiceCollection AddParley(this IServiceCollection services, Action<ParleyOptions>? configure = null)
    {
        var options = ParleyOptions.ForApplication();
        configure?.Invoke(options);
        return services.AddParley(options);
    }

    /// <summary>
    /// The same with settings from the application's configuration, by their names in <c>parley.json</c>: <c>"Parley": { "lines": "*:42069" }</c>. What may change
    /// while a server runs follows the configuration when that is reloaded.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section of the application's configuration.</param>
    /// <param name="configure">Changes the settings that were read.</param>
    /// <exception cref="SettingsException">A setting is no good, or there is none of that name.</exception>
    public static IServiceCollection AddParley(this IServiceCollection services, IConfiguration configuration, Action<ParleyOptions>? configure = null)
    {
        var source = new SettingsSource(() =>
        {
            var options = SettingsReader.Read(ParleyOptions.ForApplication(), configuration);
            configure?.Invoke(options);
            return options;
        });
        return services
            .AddSingleton(source)
            .AddParley(source.Read())
            .AddHostedService(provider => new SettingsWatch(configuration, provider.GetRequiredService<SettingsReloader>()));
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

        AddAccounts(services, options);
        AddModeration(services);
        AddPosting(services);
        AddPush(services);
        AddPreviews(services);
        AddFiles(services);
        AddLineProtocols(services);
        AddIrc(services);
        AddMetrics(services, options);
        AddAdmin(services);
        return services;
    }

    private static void AddCore(IServiceCollection services, ParleyOptions options)
    {
        services
            .AddSingleton(new BrokerOptions
            {
                MaxRoomsPerSession = options.MaxRooms,
                MaxSessionsPerAccount = options.AccountSessions,
                MaxRoomsPerAccount = options.AccountRooms,
                MaxRegisteredRooms = options.RegisteredRooms,
                MaxRoles = options.RoomRoles,
                RefusesLookAlikes = options.Names == NamePolicy.Strict,
                OnlyAsciiNames = options.NamesCharset == NameCharset.Ascii,
            })
            .AddSingleton<BrokerFactory>()
            .AddSingleton(provider => provider.GetRequiredService<BrokerFactory>().Create(
                provider.GetService<Recording>(), provider.GetRequiredService<IRoomRegistry>()))
            .AddSingleton(new NameGenerator((ulong)Random.Shared.NextInt64()))
            .AddSingleton(provider => provider.GetKeyedService<IBroker>(ClusterKey) as IBrokerCensus ?? provider.GetRequiredService<LocalBroker>())
            .TryAddSingleton<IBroker>(provider => new AuditingBroker(
                provider.GetKeyedService<IBroker>(ClusterKey) ?? provider.GetRequiredService<LocalBroker>(), provider.GetRequiredService<AuditLog>()));
    }

    private static void AddHistory(IServiceCollection services, ParleyOptions options)
    {
        var recording = new RecordingOptions
        {
            Retention = SettingsReloader.RetentionOf(options),

            // The next home of a cluster goes on from what is kept.
            OnFailure = ParleyOptions.IsNone(options.Cluster) ? options.HistoryFailure : HistoryFailurePolicy.Refuse,
            KeepsEvents = options.HistoryEvents,
            RedactionWindow = options.RedactTime,
        };

        // Made by the container, so that it goes after the broker that writes to it.
        services.TryAddSingleton<IHistoryStore>(_ => new MemoryHistoryStore());
        services
            .AddSingleton(recording)
            .AddSingleton<RecordingMonitor>()
            .AddSingleton(provider => new Recording(
                provider.GetRequiredService<IHistoryStore>(),
                recording,
                provider.GetRequiredService<RecordingMonitor>(),
                provider.GetService<SocketLoops>()?.Recording));
    }

    private static void AddAccounts(IServiceCollection services, ParleyOptions options)
    {
        services.TryAddSingleton<IAccountStore>(_ => new MemoryAccountStore());
        services.TryAddSingleton<IRoomRegistry>(_ => new MemoryRoomRegistry());
        services.TryAddSingleton<IMailCodeStore>(provider => provider.GetRequiredService<IAccountStore>() as IMailCodeStore ?? new MemoryMailCodeStore());
        services.TryAddSingleton<IInvitationStore>(provider => provider.GetRequiredService<IAccountStore>() as IInvitationStore ?? new MemoryInvitationStore());
        services.TryAddSingleton<IDeviceStore>(provider => provider.GetRequiredService<IAccountStore>() as IDeviceStore ?? new MemoryDeviceStore());
        services.TryAddSingleton<IPasskeyStore>(provider => provider.GetRequiredService<IAccountStore>() as IPasskeyStore ?? new MemoryPasskeyStore());
        services.TryAddSingleton<IMailer, SmtpMailer>();
        services
            .AddSingleton(provider => new AccountService(
                provider.GetRequiredService<IAccountStore>(),
                provider.GetRequiredService<ParleyOptions>(),
                provider.GetRequiredService<TimeProvider>())
            {
                Elsewhere = provider.GetService<PasswordsElsewhere>() is { } elsewhere ? elsewhere.VerifyAsync : null,
                Devices = provider.GetRequiredService<IDeviceStore>(),
                Codes = provider.GetRequiredService<IMailCodeStore>(),
                Pushes = provider.GetRequiredService<IPushStore>(),
                Programs = provider.GetRequiredService<ProgramNames>(),
                Broker = provider.GetRequiredService<IBroker>(),
            })
            .AddSingleton(SmtpPassword.Load(options.SmtpPassword))
            .AddSingleton<MailLimits>()
            .AddSingleton<AccountLetters>()
            .AddSingleton<CodePost>()
            .AddSingleton<InvitationDesk>()
            .AddSingleton<Registrar>()
            .AddSingleton<AddressProof>()
            .AddSingleton<AccountRecovery>()
            .AddSingleton<DeviceTokens>()
            .AddSingleton<PasswordChange>()
            .AddSingleton<AccountDesk>()
            .AddSingleton<AccountEndpoints>()
            .AddSingleton<PasskeyLogin>()
            .AddSingleton<PasskeyEndpoints>()
            .AddHostedService(provider => provider.GetRequiredService<AccountRecovery>())
            .AddSingleton<LoginAttempts>()
            .AddSingleton<AccountAccess>()
            .AddSingleton<PasswordLogin>()
            .AddSingleton<SshKeyLogin>()
            .AddSingleton<OneTimeTickets>()
            .AddSingleton<ProgramNames>()
            .AddSingleton<OwnedNames>()
            .AddSingleton<AccountHealth>()
            .AddHostedService(provider => provider.GetRequiredService<AccountHealth>())
            .AddSingleton<LoginRevocation>()
            .AddHostedService(provider => provider.GetRequiredService<LoginRevocation>())
            .AddSingleton<RemovedAccounts>()
            .AddHostedService(provider => provider.GetRequiredService<RemovedAccounts>())
            .AddSingleton<Mailboxes>()
            .AddSingleton(CreateAlwaysOn)
            .AddHostedService(provider => provider.GetRequiredService<AlwaysOn>())
            .AddSingleton<SaslMechanisms>();
        if (options.HasAuthCommand)
        {
            services.AddSingleton<AuthCommand>().AddSingleton<PasswordsElsewhere>();
        }

        if (OidcOptions.Of(options) is { } provider)
        {
            services.TryAddSingleton<ProviderHttp>();
            services.AddSingleton(provider).AddSingleton<IdentityProvider>().AddSingleton<BearerValidator>().AddSingleton<BearerLogin>();
            if (provider.Client is not null)
            {
                services
                    .AddSingleton(ClientSecret.Load(options.OidcSecret))
                    .AddSingleton<SealedText>()
                    .AddSingleton<PageLogin>()
                    .AddSingleton<LoginEndpoints>();
            }
        }
    }

    private static AlwaysOn CreateAlwaysOn(IServiceProvider provider)
    {
        var alwaysOn = ActivatorUtilities.CreateInstance<AlwaysOn>(provider);
        provider.GetRequiredService<ServerBans>().WhenAdded += alwaysOn.EndIf;
        return alwaysOn;
    }

    private static void AddModeration(IServiceCollection services)
    {
        services.TryAddSingleton<IBanStore>(provider => provider.GetRequiredService<IAccountStore>() as IBanStore ?? new MemoryBanStore());
        services.TryAddSingleton<IAuditStore>(provider => provider.GetRequiredService<IAccountStore>() as IAuditStore ?? new MemoryAuditStore());
        services
            .AddSingleton<AuditLog>()
            .AddSingleton<ReportDesk>()
            .AddSingleton<OpenSessions>()
            .AddSingleton<ServerDrain>()
            .AddHostedService<OutageNotices>()
            .AddSingleton<ServerBans>()
            .AddSingleton<IBanList>(provider => provider.GetRequiredService<ServerBans>())
            .AddSingleton<BanTargets>()
            .AddSingleton<BanDesk>()

            // Ahead of the listeners: it knows the bans before anybody comes.
            .AddHostedService(provider => provider.GetRequiredService<ServerBans>())
            .AddHostedService(provider => provider.GetRequiredService<AuditLog>());
    }

    /// <summary>Adds the services through which programs post and are notified: posts over HTTP, the collector's sessions, web hooks.</summary>
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
            .AddSingleton<LoopbackRule>()
            .AddSingleton<HostRule>()
            .AddSingleton<HttpGate>()
            .AddSingleton<BanRule>()
            .AddSingleton<TokenRates>()
            .AddSingleton<IdempotentAnswers>()
            .AddSingleton(provider => new CutOffRequests(provider.GetRequiredService<ParleyOptions>().History ? provider.GetService<IHistoryStore>() : null))
            .AddSingleton<PostEndpoint>()
            .AddSingleton<HookMonitor>()
            .AddSingleton<WebHooks>()
            .AddSingleton<IMessageObserver>(provider => new MessageObservers(
                provider.GetRequiredService<WebHooks>(), provider.GetRequiredService<FileReferences>(), provider.GetRequiredService<PushIntake>(),
                provider.GetRequiredService<LinkPreviews>()))

            // Ahead of the listeners: it starts before anything is said, and stops when nothing more is.
            .AddHostedService(provider => provider.GetRequiredService<WebHooks>());
    }

    /// <summary>Adds the services that push messages to devices.</summary>
    private static void AddPush(IServiceCollection services)
    {
        services.TryAddSingleton<IPushStore>(provider => provider.GetRequiredService<IAccountStore>() as IPushStore ?? new MemoryPushStore());
        services.TryAddSingleton(provider => new PushSender(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetKeyedService<HttpMessageHandler>(PushHandlerKey) ?? PushSender.CreateHandler(provider.GetRequiredService<OutwardGuard>())));
        services
            .AddSingleton(provider => new OutwardGuard(provider.GetRequiredService<ParleyOptions>().PushAllow.Contains))
            .AddSingleton<PushMonitor>()
            .AddSingleton<PushIntake>()
            .AddSingleton<PushDesk>()
            .AddSingleton<IPushedDevices>(provider => provider.GetRequiredService<PushDesk>())
            .AddSingleton<PushQueues>()
            .AddSingleton<PushDispatcher>()

            // Ahead of the listeners, as with web hooks; the key is there before it is told to anybody.
            .AddHostedService(provider => provider.GetRequiredService<PushDesk>())
            .AddHostedService(provider => provider.GetRequiredService<PushDispatcher>());
    }

    /// <summary>Adds the services that preview links. The way out is their own, as networks of push services are no places for pages.</summary>
    private static void AddPreviews(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new PageFetcher(
            provider.GetRequiredService<ParleyOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            PageFetcher.CreateHandler(new OutwardGuard(_ => false)),
            PageFetcher.IsPortOfTheWeb));
        services
            .AddSingleton<LinkPreviews>()
            .AddSingleton<PreviewEndpoint>()
            .AddHostedService(provider => provider.GetRequiredService<LinkPreviews>());
    }

    /// <summary>Adds the services of uploaded files, which are off where there is no <see cref="IFileStore"/>.</summary>
    private static void AddFiles(IServiceCollection services) => services
        .AddSingleton<FileHost>()
        .AddSingleton<FileQuota>()
        .AddSingleton<FileReferences>()
        .AddSingleton<FileUploads>()
        .AddSingleton<UploadLogin>()
        .AddSingleton<FileEndpoint>()
        .AddHostedService(provider => provider.GetRequiredService<FileReferences>());

    private static void AddLineProtocols(IServiceCollection services)
    {
        services
            .AddSingleton(provider => WebIrcGateways.Load(provider.GetRequiredService<ParleyOptions>().Webirc))
            .AddSingleton<ConnectionGate>()
            .AddSingleton<HostCloak>()
            .AddHostedService(provider => provider.GetRequiredService<HostCloak>())
            .AddSingleton<ShutdownSequence>()
            .AddSingleton<LineServer>()
            .AddSingleton<OpenConnections>()
            .AddSingleton(LinesCommandTable.All)
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
        services.TryAddSingleton(provider => new AnswerTurns(AnswerTurns.AtOnce(Environment.ProcessorCount), provider.GetRequiredService<ShutdownSequence>().Ending));
        if (SocketLoops.IsSupported)
        {
            services.AddSingleton<SocketLoops>();
        }
    }

    /// <summary>Adds the services that administer a running server; the socket itself is the program's, which says where it is.</summary>
    private static void AddAdmin(IServiceCollection services)
    {
        services.TryAddSingleton(provider => new SettingsSource(() => provider.GetRequiredService<ParleyOptions>()));
        services.AddSingleton<SettingsReloader>().AddSingleton<AccountCommands>().AddSingleton<RoomCommands>().AddSingleton<InvitationCommands>().AddSingleton<BanCommands>().AddSingleton<AuditCommands>().AddSingleton<AdminCommands>().AddSingleton<ApiMethods>().AddSingleton<ApiEndpoints>();
    }

    private static void AddIrc(IServiceCollection services)
    {
        services
            .AddSingleton(IrcCommandTable.All)
            .AddSingleton(provider =>
            {
                var context = ActivatorUtilities.CreateInstance<IrcContext>(provider);
                context.Availability.WhenChanged = capability => CapabilityNews.Tell(context.Clients, capability);
                context.WhenFilesChanged = (before, after) =>
                {
                    ServiceNews.Tell(context.Clients, before.Services, after.Services);
                    if (before.Services.All.Count == 0 != (after.Services.All.Count == 0))
                    {
                        CapabilityNews.Tell(context.Clients, IrcCapabilities.AuthToken);
                    }
                };
                return context;
            })
            .AddSingleton(services => services.GetRequiredService<IrcContext>().Tokens)
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
