using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

/// <summary>What changes a registered room is kept before it is shown, and does not happen if it cannot be kept.</summary>
public sealed class RegistryFailureTests : IAsyncDisposable
{
    private readonly HookedRegistry _registry = new();
    private readonly LocalBroker _broker;

    public RegistryFailureTests() => _broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), registry: _registry);

    private static RoomName Vault => RoomName.TryParse("vault", out var name) ? name : default;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_change_is_kept_before_anybody_is_shown_it()
    {
        var ann = await RegisterAsync();
        var bob = await ComeAsync("Bob");
        using var hold = new Hold();
        _registry.BeforeChange = hold.Pause;

        var topic = ann.SetTopicAsync("vault", "tea").AsTask();
        hold.WaitUntilReached();

        Assert.False(topic.IsCompleted);
        Assert.Null((await bob.LookAsync(new FindRoom(Vault)))!.Topic);
        hold.Release();
        Assert.Equal(Verdict.Accepted, await topic);
        await bob.MustSeeAsync("vault| Ann set the topic 'tea'");
        Assert.Equal("tea", Assert.Single(_registry.Load()).Topic!.Text);
    }

    [Fact]
    public async Task A_change_that_cannot_be_kept_is_refused_and_nobody_is_shown_it()
    {
        var ann = await RegisterAsync();
        var bob = await ComeAsync("Bob");
        Assert.Equal(Verdict.Accepted, await bob.UpdateAsync(new UserProfile { Login = TestSession.Login("Bob") }));
        await bob.MustSeeAsync("-| Bob was user@parley and is user@parley as Bob");
        _registry.Fail();

        Assert.Equal(Verdict.RegistryFails, await ann.SetTopicAsync("vault", "tea"));
        var modes = await ann.ChangeModesAsync("vault", new RoomModeChange(IsAdding: true, RoomMode.Secret), new RoomModeChange(IsAdding: true, RoomMode.Key, "k"));
        Assert.Equal([Verdict.RegistryFails, Verdict.RegistryFails], modes!.Refused.Select(refused => refused.Why));
        Assert.Empty(modes.Applied);
        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new SetRoomValue(Vault, "url", "x:y")));
        Assert.Equal(Verdict.RegistryFails, await ann.RenameRoomAsync("vault", "cellar"));
        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new SetRole(Vault, TestSession.Login("Bob"), MemberRank.Operator)));
        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new TransferRoom(Vault, TestSession.Login("Bob"))));
        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new ClearAccess(Vault)));
        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new UnregisterRoom(Vault)));

        await ann.MustPostAsync("vault", "still here");
        await bob.MustSeeAsync("vault| Ann: still here");
        var view = (await bob.LookAsync(new FindRoom(Vault)))!;
        Assert.Equal((null, false, 0), (view.Topic, view.HasKey, view.Values.Count));
        Assert.DoesNotContain(RoomMode.Secret, view.Flags);
        Assert.Equal("Ann", (await bob.LookAsync(new FindRegistration(Vault)))!.Registration.Founder.Name.Value);
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("cellar"));
        _registry.BeforeChange = null;
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("vault", "tea"));
    }

    [Fact]
    public async Task A_room_that_cannot_be_registered_goes_with_its_last_member()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        _registry.Fail();

        Assert.Equal(Verdict.RegistryFails, await ann.AskAsync(new RegisterRoom(Vault)));
        await ann.SignOutAsync();

        var next = await ComeAsync("Bob");
        Assert.Equal(MemberRank.Operator, (await next.LookAsync(new FindRoom(Vault)))!.RankOf(next.Session.User!.Id));
        Assert.Equal(Verdict.RegistryFails, (await _broker.AskAsync(SessionId.Server, Register("cellar"), Token)).Verdict);
        Assert.Null(await _broker.LookAsync(SessionId.Server, new FindRegistration(Vault), Token));
        _registry.BeforeChange = null;
        Assert.Equal(Verdict.Accepted, (await _broker.AskAsync(SessionId.Server, Register("cellar"), Token)).Verdict);
    }

    [Fact]
    public async Task What_was_decided_on_a_change_that_cannot_be_kept_is_refused_with_it_and_who_left_has_left()
    {
        var ann = await RegisterAsync();
        var bob = await ComeAsync("Bob");
        using var hold = new Hold();
        _registry.BeforeChange = () =>
        {
            hold.Pause();
            throw new RoomRegistryException("The disk is full");
        };
        var register = ann.AskAsync(new UnregisterRoom(Vault)).AsTask();
        hold.WaitUntilReached();
        var again = _broker.AskAsync(SessionId.Server, Register("vault"), Token).AsTask();
        var left = bob.LeaveAsync("vault").AsTask();

        hold.Release();

        Assert.Equal(Verdict.RegistryFails, await register);
        Assert.Equal(Verdict.RegistryFails, (await again).Verdict);
        Assert.Equal(Verdict.Accepted, await left);
        _registry.BeforeChange = null;
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("vault", "tea"));
        var view = (await ann.LookAsync(new FindRegistration(Vault)))!;
        Assert.Equal(("Ann", 1), (view.Registration.Founder.Name.Value, view.Members));
        await ann.MustSeeAsync("vault| Bob joined", "vault| Bob left", "vault| Ann set the topic 'tea'");
    }

    [Fact]
    public async Task Nobody_comes_into_an_empty_room_whose_registration_is_about_to_end()
    {
        var ann = await RegisterAsync();
        await ann.MustSetAsync("vault", RoomMode.Key, "sesame");
        Assert.Equal(Verdict.Accepted, await ann.LeaveAsync("vault"));
        var eve = await LoggedInAsync("Eve");
        using var hold = new Hold();
        _registry.BeforeChange = hold.Pause;
        var ending = ann.AskAsync(new UnregisterRoom(Vault)).AsTask();
        hold.WaitUntilReached();

        Assert.Equal(Verdict.RegistryFails, await eve.JoinAsync("vault"));

        hold.Release();
        Assert.Equal(Verdict.Accepted, await ending);
        Assert.Equal(Verdict.Accepted, await eve.JoinAsync("vault"));
        Assert.False((await eve.LookAsync(new FindRoom(Vault)))!.HasKey);
    }

    private static RegisterRoom Register(string room)
        => new(RoomName.TryParse(room, out var name) ? name : default) { Founder = TestSession.Login("Ann") };

    private async Task<TestSession> RegisterAsync()
    {
        var ann = await LoggedInAsync("Ann", "vault");
        Assert.Equal(Verdict.Accepted, await ann.AskAsync(new RegisterRoom(Vault)));
        await ann.MustSeeAsync("vault| Ann registered it to Ann: +Registered");
        return ann;
    }

    private async Task<TestSession> ComeAsync(string name)
    {
        var session = new TestSession(_broker);
        await session.MustSignInAsync(name);
        await session.MustJoinAsync("vault");
        return session;
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
}
