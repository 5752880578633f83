using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

/// <summary>A registered room over restarts, and who reads what was said in it.</summary>
public sealed class RegisteredRoomTests : IAsyncDisposable
{
    private readonly HookedRegistry _registry = new();
    private readonly MemoryHistoryStore _history = new();
    private LocalBroker _broker;

    public RegisteredRoomTests() => _broker = Start();

    private static RoomName Vault => RoomName.TryParse("vault", out var name) ? name : default;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task After_a_restart_it_is_there_with_its_rules_and_its_founder_reads_on()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.AskAsync(new RegisterRoom(Vault));
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        await ann.MustSetAsync("vault", RoomMode.MembersOnly, isAdding: false);
        await ann.MustSetAsync("vault", RoomMode.Ban, "bob!*@*");
        await ann.SetTopicAsync("vault", "plans");
        await ann.MustPostAsync("vault", "SECRET");
        await ann.SignOutAsync();

        await RestartAsync();

        var eve = await LoggedInAsync("Eve");
        Assert.Equal(Verdict.WrongKey, await eve.JoinAsync("vault"));
        Assert.Null(await ReadAsync(eve));
        Assert.Equal(Verdict.NoSuchRoom, await eve.PostAsync("vault", "anybody?"));
        ann = await LoggedInAsync("Ann", "vault");
        Assert.Equal("SECRET", await ReadAsync(ann));
        var view = (await ann.LookAsync(new FindRoom(Vault)))!;
        Assert.Equal(("plans", "Ann", "sesame"), (view.Topic!.Text, view.Topic.SetBy, view.Key));
        Assert.Equal(MemberRank.Operator, view.RankOf(ann.Session.User!.Id));
        Assert.Equal("bob!*@*", Assert.Single(view.Masks(RoomMode.Ban)).Mask);
        Assert.DoesNotContain(RoomMode.MembersOnly, view.Flags);
        await ann.MustPostAsync("vault", "again");
        Assert.Equal("SECRET again", await ReadAsync(ann));
    }

    [Fact]
    public async Task Who_makes_a_room_anew_after_its_registration_ended_reads_nothing_of_what_was_behind_its_rules()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.AskAsync(new RegisterRoom(Vault));
        await ann.MustSetAsync("vault", RoomMode.Secret);
        await ann.MustPostAsync("vault", "SECRET");
        await ann.LeaveAsync("vault");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new UnregisterRoom(Vault)));

        var eve = await LoggedInAsync("Eve", "vault");
        Assert.Equal("", await ReadAsync(eve));
        await eve.SignOutAsync();
        await RestartAsync();
        Assert.Equal("", await ReadAsync(await LoggedInAsync("Ann", "vault")));
    }

    [Theory]
    [InlineData(RoomMode.Key, "k")]
    [InlineData(RoomMode.InviteOnly, null)]
    [InlineData(RoomMode.Secret, null)]
    [InlineData(RoomMode.Ban, "eve!*@*")]
    public async Task What_was_said_behind_the_rules_of_an_unregistered_room_that_emptied_is_out_of_reach(RoomMode rule, string? argument)
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.MustSetAsync("vault", rule, argument);
        await ann.MustPostAsync("vault", "SECRET");
        await ann.SignOutAsync();

        Assert.Equal("", await ReadAsync(await LoggedInAsync("Eve", "vault")));
        await RestartAsync();
        Assert.Equal("", await ReadAsync(await LoggedInAsync("Eve", "vault")));
        Assert.Equal("", await ReadAsync(await LoggedInAsync("Ann", "vault")));
    }

    [Fact]
    public async Task A_room_that_is_registered_later_keeps_what_was_said_behind_its_rules_before()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        await ann.MustPostAsync("vault", "SECRET");
        await ann.AskAsync(new RegisterRoom(Vault));
        await ann.SignOutAsync();
        await RestartAsync();

        Assert.Equal("SECRET", await ReadAsync(await LoggedInAsync("Ann", "vault")));
    }

    [Fact]
    public async Task A_room_that_was_renamed_is_there_under_its_new_name_after_a_restart()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.AskAsync(new RegisterRoom(Vault));
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        await ann.MustPostAsync("vault", "SECRET");
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("vault", "cellar"));
        await ann.SignOutAsync();
        await RestartAsync();

        var eve = await LoggedInAsync("Eve");
        Assert.Equal(Verdict.WrongKey, await eve.JoinAsync("cellar"));
        await eve.MustJoinAsync("vault");
        Assert.Equal("", await ReadAsync(eve));
    }

    [Fact]
    public async Task A_new_name_that_the_registry_does_not_take_is_refused_and_history_stays_where_it_is()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.AskAsync(new RegisterRoom(Vault));
        await ann.MustPostAsync("vault", "said");
        _registry.Fail();
        Assert.Equal(Verdict.RegistryFails, await ann.RenameRoomAsync("vault", "cellar"));
        Assert.Equal("said", await ReadAsync(ann));
        Assert.Equal("vault", Assert.Single(_registry.Load()).Name.Value);

        _registry.BeforeChange = null;
        Assert.Equal(Verdict.Accepted, await ann.RenameRoomAsync("vault", "cellar"));
        Assert.Equal("cellar", Assert.Single(_registry.Load()).Name.Value);
    }

    [Fact]
    public async Task Only_so_many_rooms_are_registered_by_an_account_and_in_all_and_roles_in_a_room()
    {
        await _broker.DisposeAsync();
        _broker = Start(new BrokerOptions { MaxRoomsPerAccount = 1, MaxRegisteredRooms = 2, MaxRoles = 1 });
        var ann = await LoggedInAsync("Ann", "vault", "barn", "loft");
        var bob = await LoggedInAsync("Bob", "shed", "cave", "vault");
        var loft = RoomName.TryParse("loft", out var name) ? name : default;

        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(Vault)));
        Assert.Equal(Verdict.AccountHasTooManyRooms, await ann.AskAsync(new RegisterRoom(loft)));
        Assert.Equal(Verdict.Accepted, await bob.AskAsync(new RegisterRoom(RoomName.TryParse("shed", out name) ? name : default)));
        Assert.Equal(Verdict.TooManyRegisteredRooms, await (await LoggedInAsync("Cyd", "yard")).AskAsync(new RegisterRoom(RoomName.TryParse("yard", out name) ? name : default)));
        Assert.Equal(Verdict.AccountHasTooManyRooms, await ann.AskAsync(new TransferRoom(Vault, TestSession.Login("Bob"))));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(Vault, TestSession.Login("Dan"), MemberRank.Voice)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new SetRole(Vault, TestSession.Login("Dan"), MemberRank.Operator)));
        Assert.Equal(Verdict.TooManyRoles, await ann.AskAsync(new SetRole(Vault, TestSession.Login("Eve"), MemberRank.Voice)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new UnregisterRoom(Vault)));
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(loft)));
    }

    [Fact]
    public async Task Somebody_who_comes_and_goes_leaves_no_trace_in_the_registry_and_roles_stay_in_order()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        await ann.AskAsync(new RegisterRoom(Vault));
        foreach (var name in new[] { "Bob", "Cyd", "Dan" })
        {
            await ann.AskAsync(new SetRole(Vault, TestSession.Login(name), MemberRank.Operator));
        }

        _registry.Fail();
        var bob = await LoggedInAsync("Bob", "vault");
        await bob.MustSetAsync("vault", RoomMode.Voice, "Ann");
        await bob.KickAsync("vault", "Ann");
        await bob.SignOutAsync();

        Assert.Equal(["Bob", "Cyd", "Dan"], Assert.Single(_registry.Load()).Registration.Roles.Select(role => role.Account.Name.Value));
    }

    private LocalBroker Start(BrokerOptions? options = null) => new(
        TimeProvider.System, options ?? new BrokerOptions(), history: new Recording(_history, new RecordingOptions(), new CountingMonitor()), registry: _registry);

    private async Task RestartAsync()
    {
        await _broker.DisposeAsync();
        _broker = Start();
    }

    private async Task<TestSession> LoggedInAsync(string name, params string[] rooms)
    {
        var session = new TestSession(_broker);
        Assert.Equal(Verdict.Accepted, await session.SignInAsync(name, new UserProfile { Login = TestSession.Login(name) }));
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    /// <summary>The texts that a session may read of the vault, in one line; null if it may read nothing.</summary>
    private static async Task<string?> ReadAsync(TestSession session)
        => await session.LookAsync(new ReadRoom(new HistoryQuery(Vault) { Limit = 100 })) is { } entries
            ? string.Join(' ', entries.Where(entry => entry.Kind == MessageKind.Text).Select(entry => Encoding.UTF8.GetString(entry.Text.Span))) : null;
}
