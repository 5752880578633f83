using Microsoft.Extensions.DependencyInjection;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Server.Accounts;
using Parley.Server.Tests.Stores;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Moderation;

/// <summary>Servers that share their accounts and bans: what another one has changed holds here, too.</summary>
public sealed class SharedStoreTests
{
    private static readonly DateTimeOffset Made = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_whom_another_server_bans_goes_and_comes_back_when_it_is_lifted_there()
    {
        var bans = new MemoryBanStore();
        var changes = new HandChanges();
        await using var server = await TokenServer.StartAsync(services: services => services.AddSingleton<IBanStore>(bans).AddSingleton<IStoreChanges>(changes));
        var token = await server.CreateAsync("panel", "admin:moderation post:*");
        await using var mallory = await server.Server.EnterAsync("Mallory");
        await using var ann = await server.Server.EnterAsync("Ann");
        await server.MustPostAsync(token, "main", "before");

        await bans.SetAsync(new Ban(BanSubject.OfMask("Mal*!*@*"), "another server", Made) { Reason = "go away" }, Token);
        await bans.SetAsync(new Ban(BanSubject.OfMask("panel!*@*"), "another server", Made), Token);
        changes.Tell(StorePart.Bans);

        Assert.Contains("go away", (await mallory.ReadToEndAsync())[^1], StringComparison.Ordinal);
        await ann.ReadUntilContainsAsync("panel left");

        await bans.RemoveAsync(BanSubject.OfMask("Mal*!*@*"), Token);
        await bans.RemoveAsync(BanSubject.OfMask("panel!*@*"), Token);
        changes.Tell(StorePart.Bans);

        // Another ban is heard of behind what was lifted.
        await bans.SetAsync(new Ban(BanSubject.OfMask("Ann!*@*"), "another server", Made), Token);
        changes.Tell(StorePart.Bans);
        await ann.ReadToEndAsync();
        await using var again = await server.Server.EnterAsync("Mallory");
        await server.MustPostAsync(token, "main", "again");
    }

    [Fact]
    public async Task A_room_of_an_account_that_another_server_removes_goes_to_the_operator_with_the_oldest_role()
    {
        var accounts = new MemoryAccountStore();
        var changes = new HandChanges();
        var time = new ManualTimeProvider();
        await using var broker = new LocalBroker(time, new BrokerOptions(), registry: new MemoryRoomRegistry());
        var (ann, bob) = (await MakeAsync(accounts, "Ann"), await MakeAsync(accounts, "Bob"));
        Assert.True(RoomName.TryParse("attic", out var attic));
        Assert.Equal(Verdict.Accepted, (await broker.AskAsync(SessionId.Server, new RegisterRoom(attic) { Founder = ann }, Token)).Verdict);
        Assert.Equal(Verdict.Accepted, (await broker.AskAsync(SessionId.Server, new SetRole(attic, bob, MemberRank.Operator), Token)).Verdict);
        await using var removed = new RemovedAccounts(broker, accounts, time, changes);
        await removed.StartAsync(Token);
        await accounts.DeleteAsync(ann.Name, Token);

        changes.Tell(StorePart.Accounts);

        RoomRegistration registration;
        do
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
            registration = (await broker.LookAsync(SessionId.Server, new FindRegistration(attic), Token))!.Registration;
        }
        while (registration.Founder != bob);
        Assert.Empty(registration.Roles);
    }

    private static async Task<ProvenAccount> MakeAsync(MemoryAccountStore accounts, string name)
    {
        Assert.True(UserName.TryParse(name, out var user));
        var account = new Account(AccountId.New(), user, Made);
        Assert.True(await accounts.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword(PasswordVerifier.MinIterations)), Token));
        return account.Proven;
    }
}
