using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Rooms;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Server.Accounts;
using Parley.Server.Admin;
using Parley.Server.Options;

namespace Parley.Server.Tests.Admin;

/// <summary>What administrators ask about registered rooms, and the answers.</summary>
public sealed class RoomCommandsTests
{
    private readonly MemoryAccountStore _accounts = new();
    private readonly RoomCommands _commands;

    public RoomCommandsTests()
    {
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: new MemoryRoomRegistry());
        _commands = new RoomCommands(broker, new AccountService(_accounts, new ParleyOptions(), TimeProvider.System), NullLogger<RoomCommands>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rooms_are_registered_listed_handed_over_and_ended()
    {
        await MakeAsync("Ann");
        await MakeAsync("Bob");

        Assert.Equal("""{"done":["vault"]}""", await AskAsync(new("room-register") { Room = "vault", User = "ann" }));
        Assert.Matches("""^{"registrations":\[{"name":"vault","founder":"Ann","registered":"[^"]+","users":0,"secret":false,"roles":\[]}]}$""", await AskAsync(new("room-list")));
        Assert.Equal("""{"done":["vault"]}""", await AskAsync(new("room-transfer") { Room = "vault", User = "Bob" }));
        Assert.Matches("""^{"registrations":\[{"name":"vault","founder":"Bob",.*"roles":\[{"account":"Ann","role":"operator","since":"[^"]+"}]}]}$""", await AskAsync(new("room-info") { Room = "VAULT" }));
        Assert.Equal("""{"done":["vault"]}""", await AskAsync(new("room-unregister") { Room = "vault" }));
        Assert.Equal("""{"registrations":[]}""", await AskAsync(new("room-list")));
    }

    [Fact]
    public async Task An_account_that_was_removed_leaves_its_rooms_to_the_oldest_operator()
    {
        await MakeAsync("Ann");
        var bob = await MakeAsync("Bob");
        await AskAsync(new("room-register") { Room = "vault", User = "Bob" });
        await AskAsync(new("room-transfer") { Room = "vault", User = "Ann" });
        await AskAsync(new("room-transfer") { Room = "vault", User = "Bob" });

        Assert.Equal("""{"done":[]}""", await AskAsync(new("account-removed") { Text = $"{bob.Id.Value}" }));

        Assert.Contains("\"founder\":\"Ann\"", await AskAsync(new("room-list")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("room-info", "vault", null, "vault is not registered: parley room list says which are")]
    [InlineData("room-unregister", "vault", null, "vault is not registered: parley room list says which are")]
    [InlineData("room-transfer", "vault", "Ann", "vault is not registered: parley room list says which are")]
    [InlineData("room-register", "vault", "Nobody", "There is no account Nobody: parley account list says which there are")]
    [InlineData("room-register", "a b", "Ann", "'a b' is not the name of a room: give 2 to 64 bytes of letters, digits and - _ . +")]
    public async Task What_will_not_do_is_one_error_that_says_what_to_do(string command, string room, string? user, string error)
    {
        await MakeAsync("Ann");

        Assert.Equal(error, (await _commands.RunAsync(new(command) { Room = room, User = user }, Token))!.Error);
        Assert.Equal("""{"registrations":[]}""", await AskAsync(new("room-list")));
    }

    private async Task<Account> MakeAsync(string name)
    {
        Assert.True(UserName.TryParse(name, out var user));
        var account = new Account(AccountId.New(), user, DateTimeOffset.UnixEpoch);
        Assert.True(await _accounts.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), Token));
        return account;
    }

    private async Task<string> AskAsync(AdminRequest request)
        => JsonSerializer.Serialize((await _commands.RunAsync(request, Token))!, AdminJson.Default.AdminAnswer);
}
