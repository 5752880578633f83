using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>The home of a cluster dies, and another goes on where it has stopped. People at the nodes notice that what they say waits, and nothing else.</summary>
public sealed class FailoverTests : IAsyncDisposable
{
    private const long AnnsNode = 1;

    private readonly HookedStore _store = new();
    private readonly List<LocalBroker> _homes = [];
    private readonly MirroredBroker _cluster;

    public FailoverTests() => _cluster = new MirroredBroker(NewHome(), nodes: 2);

    public async ValueTask DisposeAsync()
    {
        foreach (var home in _homes)
        {
            await home.DisposeAsync();
        }
    }

    [Fact]
    public async Task Rooms_go_on_as_they_were_and_nobody_is_told_anything()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.SetTopicAsync("main", "tea");
        await ann.MustSetAsync("main", RoomMode.Key, "secret");
        await ann.MustPostAsync("main", "before");
        await bob.MustSeeAsync("main| Ann set the topic 'tea'", "main| Ann set +Key=secret", "main| Ann: before");

        _cluster.Kill();
        await _cluster.MoveTo(NewHome());
        await ann.MustPostAsync("main", "after");

        await bob.MustSeeAsync("main| Ann: after");
        Assert.Equal(Verdict.NotOperator, await bob.SetTopicAsync("main", "coffee"));
        Assert.Equal(Verdict.WrongKey, await (await SignInAsync("Cyd")).JoinAsync("main"));
        Assert.Equal([1, 2], (await _store.ReadAsync(new HistoryQuery(Room("main")), Token)).Select(entry => entry.Number));
    }

    [Fact]
    public async Task What_is_said_meanwhile_waits_and_is_shown_once()
    {
        var (ann, bob) = await AnnAndBobAsync();

        _cluster.Kill();
        var posting = ann.PostAsync("main", "hello?").AsTask();
        Assert.False(posting.IsCompleted);
        await _cluster.MoveTo(NewHome());

        Assert.Equal(Verdict.Accepted, await posting);
        await ann.MustPostAsync("main", "again");
        await bob.MustSeeAsync("main| Ann: hello?", "main| Ann: again");
    }

    [Fact]
    public async Task What_one_says_meanwhile_is_kept_in_its_order_however_long_it_takes_to_look_each_message_up()
    {
        var (ann, bob) = await AnnAndBobAsync();
        _cluster.Cut(0);
        Task<Verdict>[] posting = [ann.PostAsync("main", "one").AsTask(), ann.PostAsync("main", "two").AsTask()];
        _cluster.Kill();
        var others = bob.PostAsync("main", "behind").AsTask();

        var (first, isHeld) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), false);
        _store.OnOrigins = origin => origin.Node == AnnsNode && Interlocked.Exchange(ref isHeld, true) == false ? first.Task : Task.CompletedTask;
        await _cluster.MoveTo(NewHome());
        Assert.Equal(Verdict.Accepted, await others);
        var third = ann.PostAsync("main", "three").AsTask();
        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "last"));
        first.SetResult();

        Assert.All(await Task.WhenAll([.. posting, third]), verdict => Assert.Equal(Verdict.Accepted, verdict));
        await bob.MustSeeAsync("main| Bob: behind", "main| Bob: last", "main| Ann: one", "main| Ann: two", "main| Ann: three");
    }

    [Fact]
    public async Task What_was_kept_and_not_told_is_shown_to_all_and_kept_once()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.MustSeeAsync("main| Bob joined");

        _cluster.Deafen(0);
        _cluster.Deafen(1);
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnAppended = kept.SetResult;
        var posting = ann.PostAsync("main", "did you get that?").AsTask();
        await kept.Task.WaitAsync(TestSession.Patience, Token);
        _store.OnAppended = null;
        _cluster.Kill();
        await _cluster.MoveTo(NewHome());

        Assert.Equal(Verdict.Accepted, await posting);
        await ann.MustPostAsync("main", "yes");
        await bob.MustSeeAsync("main| Ann: did you get that?", "main| Ann: yes");
        await ann.MustSeeAsync("main| Ann: did you get that?", "main| Ann: yes");
        Assert.Equal(2, (await _store.ReadAsync(new HistoryQuery(Room("main")), Token)).Count);
    }

    [Fact]
    public async Task A_direct_message_that_was_kept_and_not_told_reaches_its_recipient_once()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.TellAsync("first", "Bob");
        await bob.MustSeeAsync("Ann to you: first");

        _cluster.Deafen(0);
        _cluster.Deafen(1);
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnAppended = kept.SetResult;
        var telling = ann.TellAsync("second", "Bob");
        await kept.Task.WaitAsync(TestSession.Patience, Token);
        _store.OnAppended = null;
        _cluster.Kill();
        await _cluster.MoveTo(NewHome());

        Assert.Empty(await telling);
        await ann.TellAsync("third", "Bob");
        await bob.MustSeeAsync("Ann to you: second", "Ann to you: third");
        await ann.MustSeeAsync("main| Bob joined", "you to Bob: first", "you to Bob: second", "you to Bob: third");
    }

    [Fact]
    public async Task Who_was_at_a_node_that_died_with_the_home_leaves_each_room_once()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.MustSeeAsync("main| Bob joined");
        await ann.MustJoinAsync("other");
        await bob.MustJoinAsync("other");
        await ann.MustSeeAsync("other| Bob joined");

        _cluster.Kill();
        await _cluster.MoveTo(NewHome(), dead: 1);
        await ann.MustPostAsync("main", "alone");

        // Each room has its order.
        var told = (await ann.NextAsync(3)).ToLookup(line => line[..line.IndexOf('|', StringComparison.Ordinal)]);
        Assert.Equal(["main| Bob left (Connection lost)", "main| Ann: alone"], told["main"]);
        Assert.Equal(["other| Bob left (Connection lost)"], told["other"]);
    }

    [Fact]
    public async Task A_node_that_was_told_less_than_another_is_told_the_difference()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.MustSeeAsync("main| Bob joined");

        _cluster.Deafen(1);
        await ann.SetTopicAsync("main", "tea");
        await ann.RenameAsync("Eve");
        await ann.MustSeeAsync("main| Ann set the topic 'tea'", "main| Ann is now Eve");
        _cluster.Kill();
        await _cluster.MoveTo(NewHome());
        await ann.MustPostAsync("main", "hi");

        await bob.MustSeeAsync("main| Ann is now Eve", "main| ChanServ set the topic 'tea'", "main| Eve: hi");
    }

    [Fact]
    public async Task Sessions_of_one_account_at_several_nodes_stay_one_user_and_are_still_taken_along()
    {
        var bob = await SignInAsync("Bob", "main");
        var (desk, phone) = (new TestSession(_cluster), new TestSession(_cluster));
        await desk.LogInAsync("Ann");
        await desk.MustJoinAsync("main");
        await phone.LogInAsync("Ann");
        await phone.MustFollowAllAsync();
        await phone.FollowAsync("main");
        await phone.MustSeeAsync("main| welcome Ann");

        _cluster.Kill();
        await _cluster.MoveTo(NewHome());
        await desk.MustJoinAsync("tea");
        await phone.MustPostAsync("main", "one of us");

        Assert.Equal(desk.Session.User!.Id, phone.Session.User!.Id);
        await phone.MustSeeAsync("tea| welcome Ann", "main| Ann: one of us");
        await desk.MustSeeAsync("main| Ann: one of us");
        await bob.MustSeeAsync("main| Ann joined", "main| Ann: one of us");
        await phone.LeaveAsync("main");
        await bob.MustSeeAsync("main| Ann left");
        await desk.MustSeeAsync("main| Ann left");
    }

    [Fact]
    public async Task Two_users_of_one_account_that_a_broken_link_has_left_behind_become_one()
    {
        var (here, there) = (new TestSession(_cluster.Nodes[0]), new TestSession(_cluster.Nodes[1]));
        await here.LogInAsync("Ann");
        await here.MustJoinAsync("main");
        await there.SignInAsync("Anna", new UserProfile { Login = TestSession.Login("Bob") });
        await there.MustJoinAsync("main");

        // Each of the nodes knows another user, and both have proven the same account by now.
        _cluster.Kill();
        there.Session.User!.Become(there.Session.User.ToSnapshot() with { Profile = new UserProfile { Login = TestSession.Login("Ann") } });
        await _cluster.MoveTo(NewHome());
        await there.MustPostAsync("main", "hi");

        Assert.Equal(here.Session.User!.Id, there.Session.User!.Id);
        Assert.Equal(here.Session.User.Name, there.Session.User.Name);
        Assert.Equal(Verdict.Accepted, await there.LeaveAsync("main"));
        for (var line = ""; line != $"main| {here.Session.User.Name} left";)
        {
            line = await here.NextAsync();
        }

        await here.ReachedAsync();
        Assert.Empty(here.Session.Rooms);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(TestSession Ann, TestSession Bob)> AnnAndBobAsync() => (await SignInAsync("Ann", "main"), await SignInAsync("Bob", "main"));

    private async Task<TestSession> SignInAsync(string name, params string[] rooms)
    {
        var session = new TestSession(_cluster);
        await session.MustSignInAsync(name);
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    private LocalBroker NewHome()
    {
        var broker = new LocalBroker(TimeProvider.System, new BrokerOptions(), history: new Recording(_store, new RecordingOptions(), new CountingMonitor()));
        _homes.Add(broker);
        return broker;
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));
}
