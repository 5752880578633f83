using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;
using Parley.Cli.Admin;
using Parley.Cli.Cluster;
using Parley.Cli.Data;
using Parley.Cli.Terminal;
using Parley.Cluster;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Upgrade;
using Parley.Storage.PostgreSql;

namespace Parley.Cli.Serve;

/// <summary>Runs a server from its settings to its end, and tells whoever started it what they need to know.</summary>
internal static class ServeCommand
{
    private const int CannotStart = 1;
    private const int WrongSettings = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(Func<string, string?> commandLine, string? file, LogFormat format, LogDetail detail)
    {
        using var hangUp = new HangUpSignal();
        try
        {
            using var takeover = await Takeover.ConnectAsync();
            return await RunAsync(takeover, hangUp, commandLine, file, format, detail);
        }
        catch (UpgradeException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotStart;
        }
    }

    /// <summary>Serves, and goes on with what was handed to a newer program if that has not taken it.</summary>
    private static async Task<int> RunAsync(Takeover? takeover, HangUpSignal hangUp, Func<string, string?> commandLine, string? file, LogFormat format, LogDetail detail)
    {
        var start = new ServerStart { Takeover = takeover, Passed = takeover?.Sockets ?? PassedSockets.Take() };
        ParleyOptions? running = null;
        var settings = new SettingsSource(() =>
        {
            var read = SettingsReader.Read(commandLine, Environment.GetEnvironmentVariable, file);
            start.Passed.ApplyTo(read);

            // Other places have to do already now: the next start would fail.
            List<string> faults = [.. StoreSettings.Faults(read), .. running is not null && (read.Data, read.Admin) != (running.Data, running.Admin) ? PlaceCheck.Faults(read) : []];
            return faults.Count == 0 ? read : throw new SettingsException(faults);
        });
        ParleyOptions options;
        UnknownVariables.Tell();
        try
        {
            options = running = settings.Read();
        }
        catch (SettingsException e)
        {
            return await start.FailAsync(WrongSettings, e.Errors);
        }

        DatabaseSetting.TryRead(options.Database, out var database);
        DatabaseSetting.TryRead(options.Cluster, out var cluster);
        start.State = takeover is null ? null : await takeover.ReceiveAsync();
        while (true)
        {
            var (code, state) = await ServeAsync(start, hangUp, options, settings, database, cluster, format, detail);
            if (state is null)
            {
                return code;
            }

            // All that this process had open is closed by now, but for the descriptors that go along.
            if (await start.Upgrade.HandOverAsync(state, options.UpgradeTimeout) is not { } reason)
            {
                return 0;
            }

            start.GoOn(state, reason);
        }
    }

    /// <summary>A line for whoever started the server, which serves whether or not it can be written.</summary>
    private static async Task TellAsync(string line)
    {
        try
        {
            await Console.Out.WriteLineAsync(line);
        }
        catch (OutputException e)
        {
            // Once is enough.
            Console.SetOut(TextWriter.Null);
            await Console.Error.WriteLineAsync(e.Message);
        }
    }

    /// <summary>Serves until the end, or until a newer program is to take over what is returned.</summary>
    private static async Task<(int ExitCode, ServerState? State)> ServeAsync(
        ServerStart start, HangUpSignal hangUp, ParleyOptions options, SettingsSource settings, DatabaseAddress? database, DatabaseAddress? cluster, LogFormat format, LogDetail detail)
    {
        ServerStores opened;
        ClusterSeat? seat;
        try
        {
            opened = await ServerStores.OpenAsync(options, cluster ?? database, isNode: cluster is not null);
            seat = cluster is null ? null : await ClusterSeat.OpenAsync(options, cluster);
        }
        catch (Exception e) when (e is HistoryException or AccountStoreException or RoomRegistryException or FileStoreException or ClusterException)
        {
            return (await start.FailAsync(CannotStart, [e.Message]), null);
        }

        await using var stores = opened;
        await using var node = seat;
        await using var server = ParleyServer.Create(
            options,
            logging => LogOptions.Configure(logging, format, detail),
            history: stores.History,
            accounts: stores.Accounts,
            configureServices: services =>
            {
                stores.AddTo(services.AddSingleton(settings));
                node?.AddTo(services);
                AddSystemd(services, format, start.IsServiceByBirth);
                start.AddTo(services);
            },
            admin: AdminSocket.Of(options));
        using var secondInterrupt = OnSecondInterrupt(() => Environment.Exit(Interrupted));
        try
        {
            await server.StartAsync();
        }
        catch (ListenException e)
        {
            return (await start.FailAsync(CannotStart, [e.Message]), null);
        }
        catch (Exception e) when (start.State is not null)
        {
            return (await start.FailAsync(CannotStart, [e.Message]), null);
        }

        await start.StartedAsync(server);
        foreach (var listener in server.Listeners)
        {
            await TellAsync($"{listener.Name,-10} {listener.Address}");
        }

        if (node is not null)
        {
            node.Membership.SetListeners(string.Join(' ', server.Listeners.Select(listener => $"{listener.Name}={listener.Address}")), () => server.Sessions);
            var self = node.Membership.View.Self;
            await TellAsync($"{"node",-10} {self.Name} at {self.Address}");
        }

        using var drain = node?.OnDrain(() => _ = server.DrainAsync());
        await TellAsync($"{"history",-10} {stores.History?.Location ?? "off"}");
        await TellAsync($"{"accounts",-10} {stores.Accounts.Location}");
        using var reload = hangUp.AnswerBy(() =>
        {
            try
            {
                server.Reload();
            }
            catch (SettingsException)
            {
                // The log says what will not do, and the server goes on as it was.
            }
        });
        using var trim = new IdleTrim(new RuntimeMemory(), TimeProvider.System);
        await TellAsync("ready");
        server.AllowUpgrade(start.Upgrade);
        await start.AnswerAsync();
        return await WaitAsync(server, node, start.Upgrade);
    }

    /// <summary>Waits for the server's end, or for a newer program. A node that others have found dead ends by itself: they go on without it.</summary>
    private static async Task<(int ExitCode, ServerState? State)> WaitAsync(ParleyServer server, ClusterSeat? node, ServerUpgrade upgrade)
    {
        var stopping = server.WhenStoppingAsync();
        var first = await Task.WhenAny(node is null ? [stopping, upgrade.Due] : [stopping, upgrade.Due, node.Membership.Expelled]);
        if (first == upgrade.Due)
        {
            return (0, await server.HandOverAsync(upgrade));
        }

        if (first != stopping)
        {
            await Console.Error.WriteLineAsync($"This node takes part in the cluster no more: {await node!.Membership.Expelled}. Start it again to come back as another.");
            await server.StopAsync();
            return (CannotStart, null);
        }

        await server.WaitForShutdownAsync();
        return (0, null);
    }

    /// <summary>Under systemd: says when the server is ready and when it stops, and logs with priorities. Elsewhere it does nothing.</summary>
    private static void AddSystemd(IServiceCollection services, LogFormat format, bool isServiceByBirth)
    {
        services.AddSystemd();
        if (isServiceByBirth)
        {
            services.AddSingleton<IHostLifetime, SystemdLifetime>().Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Systemd);
        }

        if (format == LogFormat.Json)
        {
            // Whoever asks for JSON gets it, whoever reads it.
            services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Json);
        }
    }

    /// <summary>The first interrupt is the host's, which stops in order; whoever asks twice does not want to wait.</summary>
    private static PosixSignalRegistration OnSecondInterrupt(Action action)
    {
        var interrupts = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref interrupts) > 1)
            {
                action();
            }
        });
    }
}
