using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Support;

/// <summary>A whole server on free ports, with a clock that is moved by hand.</summary>
internal sealed class IrcServer : IAsyncDisposable
{
    private static readonly TimeSpan QuietInterval = TimeSpan.FromSeconds(140);

    private readonly ParleyServer _server;
    private readonly List<IAsyncDisposable> _clients = [];

    private readonly IAccountStore _accounts;

    private IrcServer(ParleyServer server, ManualTimeProvider time, CollectedLog log, IAccountStore accounts)
        => (_server, Time, Log, _accounts) = (server, time, log, accounts);

    public ManualTimeProvider Time { get; }

    public CollectedLog Log { get; }

    /// <summary>Starts a server; history is in memory.</summary>
    /// <param name="configure">Settings other than the default.</param>
    /// <param name="history">Where history is kept; in memory unless given.</param>
    /// <param name="accounts">Where accounts are kept; in memory unless given.</param>
    /// <param name="rooms">Where registered rooms are kept; in memory unless given.</param>
    /// <param name="services">Adds services other than the default.</param>
    public static async Task<IrcServer> StartAsync(
        Action<ParleyOptions>? configure = null, IHistoryStore? history = null, IAccountStore? accounts = null, IRoomRegistry? rooms = null,
        Action<IServiceCollection>? services = null)
    {
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Loopback(0),
            Irc = ListenAddress.Loopback(0),
            Ircs = ListenAddress.Loopback(0),
            Http = ListenAddress.Off,
            HistoryReplay = 0,

            // Clients of tests answer no PING; those of the tests about it are asked as others are.
            IrcPingInterval = QuietInterval,
        };
        configure?.Invoke(options);
        accounts ??= new MemoryAccountStore();
        var (time, log) = (new ManualTimeProvider(), new CollectedLog());
        var server = ParleyServer.Create(options, logging => logging.AddProvider(log), time, history, accounts, added =>
        {
            services?.Invoke(added);
            if (rooms is not null)
            {
                added.AddSingleton(rooms);
            }
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new IrcServer(server, time, log, accounts);
    }

    public EndPoint AddressOf(string listener) => _server.Listeners.Single(each => each.Name == listener).Address;

    /// <summary>A connection on which nothing was said yet.</summary>
    public async Task<IrcClient> ConnectAsync()
    {
        var client = await IrcClient.ConnectAsync(AddressOf("irc"));
        _clients.Add(client);
        return client;
    }

    /// <summary>A connection over TLS on which nothing was said yet.</summary>
    public async Task<IrcClient> ConnectTlsAsync(X509Certificate2? certificate = null)
    {
        var client = await IrcClient.ConnectTlsAsync(AddressOf("ircs"), certificate);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client that has registered, and has read its greeting.</summary>
    /// <param name="nick">Its name.</param>
    /// <param name="capabilities">What it negotiates, parted by spaces.</param>
    public async Task<IrcClient> RegisterAsync(string nick, string capabilities = "")
    {
        var client = await ConnectAsync();
        client.Nick = nick;
        if (capabilities.Length > 0)
        {
            await client.SendAsync("CAP LS 302");
            await client.SendAsync($"CAP REQ :{capabilities}");
        }

        await client.SendAllAsync($"NICK {nick}", $"USER {nick.ToLowerInvariant()} 0 * :Real {nick}");
        if (capabilities.Length > 0)
        {
            await client.SendAsync("CAP END");
        }

        var greeting = await client.SyncAsync();
        Assert.Contains(greeting, line => line.Command == "001");
        Assert.DoesNotContain(greeting, line => line.Parameters is [_, "NAK", ..]);
        return client;
    }

    /// <summary>A client that has registered, and is in a room.</summary>
    public async Task<IrcClient> JoinAsync(string nick, string channel = "#room", string capabilities = "")
    {
        var client = await RegisterAsync(nick, capabilities);
        var lines = await client.AskAsync($"JOIN {channel}");
        Assert.Contains(lines, line => line.Command == "JOIN");
        return client;
    }

    /// <summary>Several clients in one room, who have read of each other's arrival. The first one made the room.</summary>
    public async Task<IrcClient[]> JoinAllAsync(string channel, params (string Nick, string Capabilities)[] clients)
    {
        var all = new List<IrcClient>();
        foreach (var (nick, capabilities) in clients)
        {
            all.Add(await JoinAsync(nick, channel, capabilities));
        }

        foreach (var client in all)
        {
            await client.SyncAsync();
        }

        return [.. all];
    }

    /// <summary>Somebody on the lines protocol, past the greeting, in <c>main</c>.</summary>
    public async Task<ScriptedClient> EnterLinesAsync(string name)
    {
        var client = await ScriptedClient.ConnectAsync(AddressOf("lines"), name);
        _clients.Add(client);
        var greeting = await client.ReadUntilAsync("You joined main");
        await client.SendLineAsync("/name " + name);
        await client.ReadUntilAsync($"{greeting[^1]["You are ".Length..]} is now {name}");
        return client;
    }

    /// <summary>Sets modes of a room, as somebody who is in it may: the commands for that are tested elsewhere.</summary>
    public async Task SetModesAsync(string nick, string channel, string modes, params string[] arguments)
    {
        var client = _clients.OfType<IrcClient>().Single(client => client.Nick == nick);
        await client.AskAsync($"MODE {channel} {modes} {string.Join(' ', arguments)}".TrimEnd());
    }

    /// <summary>Makes an account beside the server, as the operator does.</summary>
    public async Task MakeAccountAsync(string name, string password)
    {
        Assert.True(UserName.TryParse(name, out var user));
        var verifier = PasswordVerifier.Create(password, PasswordVerifier.MinIterations);
        Assert.True(await _accounts.TryCreateAsync(
            new AccountCredentials(new Account(AccountId.New(), user, Time.GetUtcNow()), verifier), TestContext.Current.CancellationToken));
    }

    /// <summary>The account of that name.</summary>
    public async Task<Account> AccountAsync(string name)
        => (await _accounts.ListAsync(TestContext.Current.CancellationToken)).Single(account => account.Name.Value == name);

    /// <summary>Begins to stop; the task ends when everything has.</summary>
    public Task StopAsync() => _server.StopAsync();

    /// <summary>Somebody on the addressed protocol, who has logged in.</summary>
    public async Task<ScriptedClient> EnterAddressedAsync(string name)
    {
        var client = await ScriptedClient.ConnectAsync(AddressOf("addressed"), name);
        _clients.Add(client);
        await client.SendLinesAsync(name, $"{name}: ready");
        await client.ExpectAsync($"from {name}: ready");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
