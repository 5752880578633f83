using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Parley.Cli.Admin;
using Parley.Cli.Cluster;
using Parley.Cli.Data;
using Parley.Cluster;
using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Transport;

namespace Parley.Cli.Serve;

/// <summary>Runs a server from its settings to its end, and tells whoever started it what they need to know.</summary>
internal static class ServeCommand
{
    private const int CannotStart = 1;
    private const int WrongSettings = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(Func<string, string?> commandLine, string? file, LogFormat format, LogDetail detail)
    {
        ParleyOptions options;
        var passed = PassedSockets.Take();
        var settings = new SettingsSource(() =>
        {
            var read = SettingsReader.Read(commandLine, Environment.GetEnvironmentVariable, file);
            passed.ApplyTo(read);
            return read;
        });
        try
        {
            options = settings.Read();
        }
        catch (SettingsException e)
        {
            foreach (var error in e.Errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            return WrongSettings;
        }

        if (!DatabaseSetting.TryRead(options.Database, out var database))
        {
            await Console.Error.WriteLineAsync($"database: this will not do: give {DatabaseSetting.Form}");
            return WrongSettings;
        }

        if (!DatabaseSetting.TryRead(options.Cluster, out var cluster))
        {
            await Console.Error.WriteLineAsync($"cluster: this will not do: give {DatabaseSetting.Form}");
            return WrongSettings;
        }

        ServerStores opened;
        ClusterSeat? seat;
        try
        {
            opened = await ServerStores.OpenAsync(options, cluster ?? database, isNode: cluster is not null);
            seat = cluster is null ? null : await ClusterSeat.OpenAsync(options, cluster);
        }
        catch (Exception e) when (e is HistoryException or AccountStoreException or RoomRegistryException or FileStoreException or ClusterException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotStart;
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
                stores.AddTo(services.AddSingleton(settings).AddSingleton(passed));
                node?.AddTo(services);
                AddSystemd(services, format);
            },
            admin: AdminSocket.Of(options));
        using var secondInterrupt = OnSecondInterrupt(() => Environment.Exit(Interrupted));
        try
        {
            await server.StartAsync();
        }
        catch (ListenException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CannotStart;
        }

        foreach (var listener in server.Listeners)
        {
            await Console.Out.WriteLineAsync($"{listener.Name,-10} {listener.Address}");
        }

        if (node is not null)
        {
            node.Membership.SetListeners(string.Join(' ', server.Listeners.Select(listener => $"{listener.Name}={listener.Address}")), () => server.Sessions);
            var self = node.Membership.View.Self;
            await Console.Out.WriteLineAsync($"{"node",-10} {self.Name} at {self.Address}");
        }

        using var drain = node?.OnDrain(() => _ = server.DrainAsync());
        await Console.Out.WriteLineAsync($"{"history",-10} {stores.History?.Location ?? "off"}");
        await Console.Out.WriteLineAsync($"{"accounts",-10} {stores.Accounts.Location}");
        using var reload = OnHangUp(() =>
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
        await Console.Out.WriteLineAsync("ready");
        return await WaitAsync(server, node);
    }

    /// <summary>Waits for the server's end. A node that others have found dead ends by itself: they go on without it.</summary>
    private static async Task<int> WaitAsync(ParleyServer server, ClusterSeat? node)
    {
        var end = server.WaitForShutdownAsync();
        if (node is not null && await Task.WhenAny(end, node.Membership.Expelled) != end)
        {
            await Console.Error.WriteLineAsync($"This node takes part in the cluster no more: {await node.Membership.Expelled}. Start it again to come back as another.");
            await server.StopAsync();
            await end;
            return CannotStart;
        }

        await end;
        return 0;
    }

    /// <summary>The signal that tells servers to read their files again. It never ends one, with nothing to read again either.</summary>
    private static PosixSignalRegistration OnHangUp(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        action();
    });

    /// <summary>Under systemd: says when the server is ready and when it stops, and logs with priorities. Elsewhere it does nothing.</summary>
    private static void AddSystemd(IServiceCollection services, LogFormat format)
    {
        services.AddSystemd();
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
