using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Moderation;
using Parley.Server.Options;
using Parley.Server.Posting;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

/// <summary>Members who stay without a connection: how they come back with the server, and what ends their stay.</summary>
public sealed class AlwaysOnTests : IAsyncDisposable
{
    private readonly MemoryAccountStore _store = new();
    private readonly ManualTimeProvider _time = new();
    private readonly LocalBroker _broker;
    private readonly ServerBans _bans;
    private readonly AlwaysOn _alwaysOn;
    private ProvenAccount _ann = new(default, default, default);

    public AlwaysOnTests()
    {
        _bans = new ServerBans(new MemoryBanStore(), new OpenSessions(), _time, NullLogger<ServerBans>.Instance);
        _broker = new LocalBroker(_time, new BrokerOptions(), bans: _bans);
        _alwaysOn = new AlwaysOn(_broker, _store, new ParleyOptions(), NullLogger<AlwaysOn>.Instance);
        _bans.WhenAdded += _alwaysOn.EndIf;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _alwaysOn.StopAsync(CancellationToken.None);
        _alwaysOn.Dispose();
        await _bans.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_stayed_is_back_in_its_rooms_as_whom_it_was()
    {
        await StartAsync("Anna ~ann abc.ip\nAnn Lee\nmain\nvault sesame", "Anna");

        var view = (await FindAsync("Anna"))!;
        Assert.Equal(("~ann", "abc.ip", "Ann Lee", "Not connected"), (view.Actor.Profile.Ident, view.Actor.Profile.Host, view.Actor.Profile.RealName, view.Actor.Profile.Away));
        while ((view = (await FindAsync("Anna"))!).Rooms.Count < 2)
        {
            await Task.Yield();
        }

        Assert.Equal(["main", "vault"], view.Rooms.Select(place => place.Room.Value).Order());
    }

    [Fact]
    public async Task Whose_name_somebody_else_wears_by_now_is_back_under_that_of_its_account()
    {
        var session = new Session(new SilentFlavor(), new OutboxOptions());
        _broker.Attach(session);
        Assert.Equal(Verdict.Accepted, (await _broker.AskAsync(session.Id, new SignIn(NameOf("Anna")), Token)).Verdict);

        await StartAsync("Anna ~ann abc.ip\n\nmain", "Ann");

        Assert.Equal(_ann.Id, (await FindAsync("Ann"))!.Actor.Profile.Login!.Id);
    }

    [Fact]
    public async Task What_was_kept_and_cannot_be_read_brings_nobody_back()
    {
        await StartAsync("nonsense", awaited: null);

        await _alwaysOn.StopAsync(Token);
        Assert.Equal(0, _broker.Census().Users);
    }

    [Fact]
    public async Task A_ban_of_its_account_ends_its_stay()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain", "Ann");

        await _bans.AddAsync(new Ban(BanSubject.Of(_ann.Id, _ann.Name), "an operator", _time.GetUtcNow()), Token);

        await GoneAsync();
        Assert.True(_alwaysOn.IsEmpty);
    }

    [Fact]
    public async Task The_removal_of_its_account_ends_its_stay_and_that_of_another_does_not()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain", "Ann");

        _alwaysOn.EndUnless(account => account == _ann.Id);
        Assert.NotNull(await FindAsync("Ann"));
        _alwaysOn.EndUnless(_ => false);

        await GoneAsync();
    }

    [Fact]
    public async Task Whoever_disconnects_it_ends_its_stay_also_over_a_restart()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain", "Ann");

        await _broker.AskAsync(SessionId.Server, new Disconnect(NameOf("Ann"), "enough"), Token);

        await GoneAsync();
        while (await _store.GetValueAsync(_ann.Id, "always-on", "gone", Token) is null)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        using var next = new AlwaysOn(_broker, _store, new ParleyOptions(), NullLogger<AlwaysOn>.Instance);
        await next.StartAsync(Token);
        await next.StopAsync(Token);
        Assert.Equal(0, _broker.Census().Users);
    }

    [Fact]
    public async Task It_rules_the_rooms_that_it_ruled_and_is_first_in_no_other()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain\toperator\nside", "Ann");

        Assert.Equal((MemberRank.Operator, MemberRank.None), (await RankAsync("main"), await RankAsync("side")));
    }

    [Fact]
    public async Task Who_was_invisible_comes_back_invisible()
    {
        await StartAsync("Ann ~ann abc.ip bot invisible\n\nmain", "Ann");

        var profile = (await FindAsync("Ann"))!.Actor.Profile;
        Assert.Equal((true, true), (profile.IsBot, profile.IsInvisible));
        while (await _store.GetValueAsync(_ann.Id, "always-on", "place", Token) is not "Ann ~ann abc.ip bot invisible\n\nmain")
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Whoever_was_put_out_and_comes_again_rules_nobody()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain\toperator", "Ann");
        await RankAsync("main");
        await _broker.AskAsync(SessionId.Server, new Disconnect(NameOf("Ann"), "enough"), Token);
        await GoneAsync();
        var (bob, ann) = (await SignInAsync("Bob", null), await SignInAsync("Ann", _ann));
        await _broker.AskAsync(bob.Id, new Join(RoomOf("main")), Token);

        await _alwaysOn.ArrivedAsync(ann, Token);

        var view = (await _broker.LookAsync(SessionId.Server, new FindRoom(RoomOf("main")), Token))!;
        Assert.Equal([("Ann", MemberRank.None), ("Bob", MemberRank.Operator)], view.Members.Select(member => (member.Actor.Name.Value, member.Rank)).Order());
    }

    private async Task<Session> SignInAsync(string name, ProvenAccount? login)
    {
        var session = new Session(new SilentFlavor(), new OutboxOptions());
        _broker.Attach(session);
        Assert.Equal(Verdict.Accepted, (await _broker.AskAsync(session.Id, new SignIn(NameOf(name), new UserProfile { Login = login }), Token)).Verdict);
        return session;
    }

    [Fact]
    public async Task A_room_whose_rules_end_with_the_server_is_none_to_come_back_to()
    {
        await StartAsync("Ann ~ann abc.ip\n\nmain\toperator\nside\toperator", "Ann");
        await RankAsync("side");
        var session = new Session(new SilentFlavor(), new OutboxOptions());
        _broker.Attach(session);
        await _broker.AskAsync(session.Id, new SignIn(NameOf("Root"), new UserProfile { Rights = ServerRights.All }), Token);
        Assert.Empty((await _broker.AskAsync(session.Id, new ChangeModes(RoomOf("side"), [new RoomModeChange(IsAdding: true, RoomMode.Secret)]), Token)).Modes!.Refused);

        while (await _store.GetValueAsync(_ann.Id, "always-on", "place", Token) is not "Ann ~ann abc.ip\n\nmain\toperator")
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static RoomName RoomOf(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private async Task<MemberRank> RankAsync(string room)
    {
        while (true)
        {
            Token.ThrowIfCancellationRequested();
            if (await _broker.LookAsync(SessionId.Server, new FindRoom(RoomOf(room)), Token) is { Members.Count: > 0 } view)
            {
                return view.Members.First().Rank;
            }

            await Task.Yield();
        }
    }

    private static UserName NameOf(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));

    private ValueTask<UserView?> FindAsync(string name) => _broker.LookAsync(SessionId.Server, new FindUser(NameOf(name)), Token);

    private async Task GoneAsync()
    {
        while (_broker.Census().Users > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A server comes up for whose account Ann this is kept.</summary>
    private async Task StartAsync(string place, string? awaited)
    {
        var account = new Account(AccountId.New(), NameOf("Ann"), DateTimeOffset.UnixEpoch);
        Assert.True(await _store.TryCreateAsync(new AccountCredentials(account, PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations)), Token));
        await _store.SetValueAsync(account.Id, "always-on", "wanted", "on", Token);
        await _store.SetValueAsync(account.Id, "always-on", "place", place, Token);
        _ann = account.Proven;
        await _alwaysOn.StartAsync(Token);
        while (awaited is not null && (_alwaysOn.IsEmpty || await FindAsync(awaited) is null))
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
