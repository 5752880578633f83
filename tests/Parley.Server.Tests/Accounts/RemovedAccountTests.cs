using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Stores;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

/// <summary>A session ends with its account, and with what it has logged in by: who went on in it would prove a name that somebody else may have by then.</summary>
public sealed class RemovedAccountTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-removed-");
    private readonly MemoryAccountStore _accounts = new();
    private readonly MemoryDeviceStore _devices = new();
    private readonly HandChanges _changes = new();

    public void Dispose() => _folder.Delete(recursive: true);

    private string SocketPath => Path.Combine(_folder.FullName, "admin.sock");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_owners_are_told_and_go_and_everybody_else_stays(bool isRemovedHere)
    {
        await using var server = await StartAsync();
        await using var bob = await EnterAsync(server, "Bob");
        await using var ann = await EnterAsync(server, "Ann");
        await bob.ReadUntilContainsAsync("is now Ann");
        await using var phone = await EnterAsync(server, "phone");
        await phone.SendLinesAsync("/login Ann", "a long password");
        await bob.ReadUntilAsync("phone left");
        var account = Assert.Single(await _accounts.ListAsync(Token), each => each.Name.Value == "Ann");
        Assert.True(await _accounts.DeleteAsync(account.Name, Token));

        if (isRemovedHere)
        {
            using var admin = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await admin.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Token);
            await admin.SendAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"command":"account-removed","text":"{{account.Id.Value}}"}""") + "\n"), Token);
        }
        else
        {
            _changes.Tell(StorePart.Accounts);
        }

        Assert.Contains("Your account has been removed", (await ann.ReadToEndAsync())[^1], StringComparison.Ordinal);
        Assert.Contains("Your account has been removed", (await phone.ReadToEndAsync())[^1], StringComparison.Ordinal);
        await bob.ReadUntilAsync("Ann left");
        await bob.SendLineAsync("still here");
        await bob.ReadUntilAsync("Bob: still here");
    }

    /// <param name="isSetHere">Whether an operator has set the password beside this server; if not, another server has logged the device out.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_end_with_what_they_have_logged_in_by(bool isSetHere)
    {
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await ann.SendLineAsync("/account token");
        var token = await ann.ReadUntilContainsAsync("Ann.");
        await using var phone = await EnterAsync(server, "phone");
        await phone.SendLinesAsync("/login Ann", token);
        await phone.ReadUntilAsync("You are logged in as Ann");
        var account = Assert.Single(await _accounts.ListAsync(Token), each => each.Name.Value == "Ann");

        if (isSetHere)
        {
            using var admin = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await admin.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Token);
            await admin.SendAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"command":"password-changed","text":"{{account.Id.Value}}"}""") + "\n"), Token);
            await phone.ReadUntilContainsAsync("The account has another password: log in with that");
            await ann.ReadUntilContainsAsync("The account has another password: log in with that");
        }
        else
        {
            var device = Assert.Single(await _devices.ListAsync(account.Id, Token));
            await _devices.RemoveAsync(account.Id, device.Id, Token);
            _changes.Tell(StorePart.Devices);
            await phone.ReadUntilContainsAsync("Logged out");
            await ann.SendLineAsync("still here");
            await ann.ReadUntilAsync("Ann: still here");
        }
    }

    private async Task<ParleyServer> StartAsync()
    {
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Off,
            Irc = ListenAddress.Off,
            Http = ListenAddress.Off,
            History = false,
            Admin = SocketPath,
        };
        var server = ParleyServer.Create(
            options, logging => logging.ClearProviders(), accounts: _accounts, configureServices: services => services.AddSingleton<IStoreChanges>(_changes).AddSingleton<IDeviceStore>(_devices), admin: SocketPath);
        await server.StartAsync(Token);
        return server;
    }

    /// <summary>Comes in, and makes the account of that name; the phone makes none.</summary>
    private static async Task<ScriptedClient> EnterAsync(ParleyServer server, string name)
    {
        var client = await ScriptedClient.ConnectAsync(server.Listeners.Single(listener => listener.Name == "lines").Address, name);
        await client.ReadUntilAsync("You joined main");
        if (name == "phone")
        {
            await client.SendLineAsync("/name phone");
            await client.ReadUntilContainsAsync("is now phone");
            return client;
        }

        await client.SendLinesAsync($"/account make {name}", "a long password");
        await client.ReadUntilContainsAsync($"is now {name}");
        return client;
    }
}
