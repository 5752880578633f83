using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Ports;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Storage.Sqlite.Tokens;

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
        try
        {
            options = SettingsReader.Read(commandLine, Environment.GetEnvironmentVariable, file);
        }
        catch (SettingsException e)
        {
            foreach (var error in e.Errors)
            {
                await Console.Error.WriteLineAsync(error);
            }

            return WrongSettings;
        }

        IHistoryStore? history = null;
        IAccountStore accounts;
        try
        {
            history = HistoryOption.Open(options);
            accounts = AccountOption.Open(options);
        }
        catch (Exception e) when (e is HistoryException or AccountStoreException)
        {
            if (history is not null)
            {
                await history.DisposeAsync();
            }

            await Console.Error.WriteLineAsync(e.Message);
            return CannotStart;
        }

        using var tokens = DataDirectory.Of(options) is { } directory ? SqliteTokens.Watch(directory) : null;
        await using var server = ParleyServer.Create(
            options,
            logging => LogOptions.Configure(logging, format, detail),
            history: history,
            accounts: accounts,
            configureServices: services => AddTokens(services, tokens));
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

        await Console.Out.WriteLineAsync($"{"history",-10} {history?.Location ?? "off"}");
        await Console.Out.WriteLineAsync($"{"accounts",-10} {accounts.Location}");
        using var reload = server.HasCertificate ? OnHangUp(server.Reload) : null;
        using var trim = new IdleTrim(new RuntimeMemory(), TimeProvider.System);
        await Console.Out.WriteLineAsync("ready");
        await server.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>What servers have always been told when their files have changed. One with nothing to reload ends with its terminal.</summary>
    private static PosixSignalRegistration OnHangUp(Action action) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        action();
    });

    private static void AddTokens(IServiceCollection services, SqliteTokens? tokens)
    {
        if (tokens is not null)
        {
            services.AddSingleton(tokens.Tokens).AddSingleton(tokens.Answers).AddSingleton(tokens.Hooks);
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
