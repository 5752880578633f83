using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.History;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Hosting;

/// <summary>A server whose settings file a test writes anew while it runs.</summary>
public abstract class ReloadTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-reload-");

    private protected CollectedLog Log { get; } = new();

    private protected ManualTimeProvider Time { get; } = new();

    private protected string FolderPath => _folder.FullName;

    private string SettingsPath => Path.Combine(FolderPath, "parley.json");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Description of a change, in a line.</summary>
    private protected static string Text(SettingsChange change) => $"{change.Name} {change.From} {change.To} {change.IsLive}";

    private protected static Task<ScriptedClient> ConnectAsync(ParleyServer server, string listener, string name)
        => ScriptedClient.ConnectAsync(server.Listeners.Single(each => each.Name == listener).Address, name);

    /// <summary>Comes in on lines.</summary>
    private protected static async Task<ScriptedClient> EnterAsync(ParleyServer server, string name)
    {
        var client = await ConnectAsync(server, "lines", name);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    private protected async Task<ParleyServer> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var source = new SettingsSource(() => SettingsReader.Read(_ => null, _ => null, SettingsPath));
        var server = ParleyServer.Create(
            source.Read(),
            logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information),
            Time,
            new MemoryHistoryStore(),
            configureServices: services =>
            {
                services.AddSingleton(source);
                configure?.Invoke(services);
            });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Writes the file: lines at a free port, IRC only if the rest says so, and the rest.</summary>
    private protected void Write(string more) => File.WriteAllText(
        SettingsPath, $$"""{ "lines": "127.0.0.1:0", "addressed": "off", {{(more.Contains("\"irc\"", StringComparison.Ordinal) ? "" : "\"irc\": \"off\", ")}}"http": "off"{{more}}}""");
}
