using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Files;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Storage.Files;
using Parley.Storage.Sqlite;
using Parley.TestKit;

namespace Parley.Browser.Tests.Support;

/// <summary>A whole server on free ports, which keeps history and accounts in a folder of the test's own, and can be stopped and started again.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-page-");
    private readonly Action<ParleyOptions> _set;
    private readonly Action<IServiceCollection> _add;
    private ParleyServer? _server;
    private ListenAddress _http = ListenAddress.Loopback(0);

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    private PageServer(Action<ParleyOptions> set, Action<IServiceCollection> add) => (_set, _add) = (set, add);

    /// <param name="set">Sets what is to be other than usual; null for nothing.</param>
    /// <param name="add">Adds services that are other than usual; null for none.</param>
    public static async Task<PageServer> StartNewAsync(Action<ParleyOptions>? set = null, Action<IServiceCollection>? add = null)
    {
        var server = new PageServer(set ?? (_ => { }), add ?? (_ => { }));
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts, the second time where it was before.</summary>
    public async Task StartAsync()
    {
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Off,
            Irc = ListenAddress.Off,
            Ircs = ListenAddress.Off,
            Http = _http,
            HistoryReplay = 0,
            FilesReserveMegabytes = 0,
        };
        _set(options);
        var history = SqliteHistoryStore.Open(_folder.FullName, new SqliteHistoryOptions());
        var accounts = SqliteAccountStore.Open(_folder.FullName);
        _server = ParleyServer.Create(
            options,
            logging => logging.AddProvider(new CollectedLog()),
            history: history,
            accounts: accounts,
            configureServices: services => _add(services
                .AddSingleton<IFileStore>(DiskFileStore.Open(_folder.FullName))
                .AddSingleton<IPictureEditor, SkiaPictureEditor>()));
        await _server.StartAsync(TestContext.Current.CancellationToken);
        var port = ((IPEndPoint)AddressOf("http")).Port;
        _http = ListenAddress.Loopback(port);
        Address = new Uri($"http://127.0.0.1:{port}/");
    }

    /// <summary>Where history and accounts are kept.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Whatever lies where uploaded files are kept.</summary>
    public string[] Files => Directory.GetFiles(Path.Combine(_folder.FullName, DiskFileStore.FolderName));

    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }

    /// <summary>Somebody with <c>nc</c>, past the greeting, in <c>main</c>.</summary>
    public async Task<ScriptedClient> EnterLinesAsync(string name)
    {
        var client = await ScriptedClient.ConnectAsync(AddressOf("lines"), name);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    /// <summary>Somebody on IRC with these capabilities, past the greeting, in <c>#main</c>; the settings have to have an IRC listener.</summary>
    public async Task<ScriptedClient> EnterIrcAsync(string nick, string capabilities)
    {
        var client = await ScriptedClient.ConnectAsync(AddressOf("irc"), nick);
        await client.SendLinesAsync($"CAP REQ :{capabilities}", $"NICK {nick}", $"USER {nick} 0 * :{nick}", "CAP END", "JOIN #main");
        await client.ReadUntilContainsAsync(" 366 ");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private EndPoint AddressOf(string listener) => _server!.Listeners.Single(each => each.Name == listener).Address;
}
