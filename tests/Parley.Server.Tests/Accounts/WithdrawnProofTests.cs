using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Stores;
using Parley.TestKit;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts;

/// <summary>Proofs that are taken away from an account in the store, beside this server: sessions that came by them end, and nobody comes in by them any more.</summary>
public sealed class WithdrawnProofTests : IAsyncLifetime
{
    private const string AnotherPassword = "The account has another password: log in with that";
    private const string ProofRemoved = "A way to log in to the account was taken away: log in with another";

    private static readonly string KeyText = $"ssh-ed25519 {Convert.ToBase64String([0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. new byte[32]])}";
    private static readonly SshKey Key = SshKey.TryParse(KeyText, out var key) ? key : throw new FormatException();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-proofs-");
    private readonly LateAccounts _late;
    private readonly IAccountStore _store;
    private readonly IDeviceStore _devices;
    private readonly HookedDevices _hooked;
    private readonly HandChanges _changes = new();
    private readonly Account _ann = new(AccountId.New(), User("Ann"), default);
    private ParleyServer _server = null!;

    public WithdrawnProofTests()
    {
        (_store, _late) = LateAccounts.Create();
        (_devices, _hooked) = HookedDevices.Create();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_folder.FullName, "admin.sock");

    public async ValueTask InitializeAsync()
    {
        Assert.True(await _late.Inner.TryCreateAsync(new AccountCredentials(_ann, PasswordVerifier.Create(Password, Iterations)), Token));
        Assert.True(await _late.Inner.AddSshKeyAsync(_ann.Name, Key, Token));
        var options = new ParleyOptions
        {
            Lines = ListenAddress.Loopback(0),
            Addressed = ListenAddress.Off,
            Irc = ListenAddress.Loopback(0),
            Http = ListenAddress.Off,
            History = false,
            Admin = SocketPath,
        };
        _server = ParleyServer.Create(
            options, logging => logging.ClearProviders(), accounts: _store, configureServices: services => services.AddSingleton<IStoreChanges>(_changes).AddSingleton(_devices), admin: SocketPath);
        await _server.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_came_by_the_password_before_goes_and_who_came_by_a_key_stays()
    {
        await using var byPassword = await LogInAsync(Password);
        await using var byKey = await LogInAsync(await TicketAsync());
        await using var held = await HoldAsync();
        await SetPasswordAsync();

        _changes.Tell(StorePart.Proofs);

        await byPassword.ReadUntilContainsAsync(AnotherPassword);
        await held.ReadUntilContainsAsync(AnotherPassword);
        await byKey.SendLineAsync("still here");
        await byKey.ReadUntilAsync("Ann: still here");
    }

    [Fact]
    public async Task Who_came_by_a_key_goes_with_it_and_who_came_by_the_password_stays()
    {
        await using var byPassword = await LogInAsync(Password);
        await using var byKey = await LogInAsync(await TicketAsync());
        Assert.True(await _late.Inner.RemoveSshKeyAsync(_ann.Name, Key, Token));

        _changes.Tell(StorePart.Proofs);

        await byKey.ReadUntilContainsAsync(ProofRemoved);
        await byPassword.SendLineAsync("still here");
        await byPassword.ReadUntilAsync("Ann: still here");
    }

    /// <param name="isNew">Whether the session has made the account; else it has set the password itself.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_made_the_account_or_set_its_password_goes_with_that_password(bool isNew)
    {
        await using var client = isNew ? await EnterAsync() : await LogInAsync(Password);
        await client.SendLinesAsync(isNew ? ["/account make Bob", Password] : ["/account password", Password, "another horse"]);
        await client.ReadUntilContainsAsync(isNew ? "Bob is your account now" : "Your account has another password, and everything else is logged out");
        await client.SendLineAsync("here");
        await client.ReadUntilContainsAsync(": here");
        var name = User(isNew ? "Bob" : "Ann");
        Assert.True(await _late.Inner.SetPasswordAsync(name, PasswordVerifier.Create("battery staple", Iterations), Token));

        _changes.Tell(StorePart.Proofs);

        await client.ReadUntilContainsAsync(AnotherPassword);
    }

    [Fact]
    public async Task Another_hash_of_the_same_password_ends_nobody()
    {
        await using var byPassword = await LogInAsync(Password);
        await using var byKey = await LogInAsync(await TicketAsync());
        var password = (await _late.Inner.FindAsync(_ann.Name, Token))!.Password;
        Assert.True(await _late.Inner.RenewPasswordAsync(_ann.Id, password, PasswordVerifier.Derive(Password, password.Salt.Span, Iterations + 1), Token));
        Assert.True(await _late.Inner.RemoveSshKeyAsync(_ann.Name, Key, Token));

        _changes.Tell(StorePart.Proofs);

        // All are looked at in one go.
        await byKey.ReadUntilContainsAsync(ProofRemoved);
        await byPassword.SendLineAsync("still here");
        await byPassword.ReadUntilAsync("Ann: still here");
    }

    [Fact]
    public async Task A_ticket_is_worth_nothing_without_its_key()
    {
        var ticket = await TicketAsync();
        Assert.True(await _late.Inner.RemoveSshKeyAsync(_ann.Name, Key, Token));
        await using var client = await EnterAsync();

        await client.SendLinesAsync("/login Ann", ticket);

        await client.ReadUntilContainsAsync("The name or the password is wrong");
    }

    [Fact]
    public async Task A_ticket_is_worth_nothing_when_everybody_is_logged_out()
    {
        var ticket = await TicketAsync();
        await AskAsync("password-changed", _ann.Id.Value.ToString(CultureInfo.InvariantCulture));
        await using var client = await EnterAsync();

        await client.SendLinesAsync("/login Ann", ticket);

        await client.ReadUntilContainsAsync("The name or the password is wrong");
    }

    [Fact]
    public async Task A_ticket_whose_key_is_taken_away_while_it_is_used_lets_nobody_stay()
    {
        await using var client = await EnterAsync();
        var ticket = await TicketAsync();

        // The key is there at the look of the ticket, and not at the one behind the log-in.
        _late.Meanwhile = () =>
        {
            _late.Meanwhile = async () => Assert.True(await _late.Inner.RemoveSshKeyAsync(_ann.Name, Key, Token));
            return Task.CompletedTask;
        };
        await client.SendLinesAsync("/login Ann", ticket);

        await client.ReadUntilContainsAsync(ProofRemoved);
    }

    /// <param name="isIrc">Whether by NickServ; else where commands are typed.</param>
    /// <param name="isMeanwhile">Whether the password is set while the token is kept; else before it is asked for.</param>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_session_whose_password_is_another_makes_no_token_and_ends(bool isIrc, bool isMeanwhile)
    {
        await using var client = isIrc ? await HoldAsync() : await LogInAsync(Password);
        if (isIrc)
        {
            await client.SendLinesAsync("CAP END", "NICK Ann", "USER ann 0 * :Ann");
            await client.ReadUntilContainsAsync(" 422 ");
        }

        if (isMeanwhile)
        {
            _hooked.BeforeAdd = SetPasswordAsync;
        }
        else
        {
            await SetPasswordAsync();
        }

        await client.SendLineAsync(isIrc ? "NS TOKEN robot" : "/account token robot");

        var rest = await client.ReadToEndAsync();
        Assert.Contains(rest, line => line.Contains(AnotherPassword, StringComparison.Ordinal));
        Assert.DoesNotContain(rest, line => line.Contains("Ann.", StringComparison.Ordinal));
        Assert.Empty(await _devices.ListAsync(_ann.Id, Token));
    }

    private async Task SetPasswordAsync() => Assert.True(await _late.Inner.SetPasswordAsync(_ann.Name, PasswordVerifier.Create("battery staple", Iterations), Token));

    private async Task<string> TicketAsync() => (string)(await AskAsync("ticket", KeyText))["ticket"]!;

    private async Task<JsonNode> AskAsync(string command, string text)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(new JsonObject { ["command"] = command, ["text"] = text }.ToJsonString() + "\n"), Token);
        using var reader = new StreamReader(stream);
        return JsonNode.Parse((await reader.ReadLineAsync(Token))!)!;
    }

    private async Task<ScriptedClient> EnterAsync()
    {
        var client = await ScriptedClient.ConnectAsync(_server.Listeners.Single(listener => listener.Name == "lines").Address, "phone");
        await client.ReadUntilAsync("You joined main");
        return client;
    }

    private async Task<ScriptedClient> LogInAsync(string password)
    {
        var client = await EnterAsync();
        await client.SendLinesAsync("/login Ann", password);
        await client.ReadUntilAsync("You are logged in as Ann");
        return client;
    }

    /// <summary>A client of IRC that has logged in by the password, and has not registered yet.</summary>
    private async Task<ScriptedClient> HoldAsync()
    {
        var client = await ScriptedClient.ConnectAsync(_server.Listeners.Single(listener => listener.Name == "irc").Address);
        await client.SendLinesAsync("CAP REQ :sasl", "AUTHENTICATE PLAIN");
        await client.ReadUntilContainsAsync("AUTHENTICATE +");
        await client.SendLineAsync($"AUTHENTICATE {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0Ann\0{Password}"))}");
        await client.ReadUntilContainsAsync(" 903 ");
        return client;
    }
}
