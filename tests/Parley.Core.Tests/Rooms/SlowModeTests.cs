using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;
using Parley.TestKit;
using Xunit;

namespace Parley.Core.Tests.Rooms;

/// <summary>Slow mode: those without a rank wait between two messages.</summary>
public sealed class SlowModeTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly LocalBroker _broker;

    public SlowModeTests() => _broker = new LocalBroker(_time, new BrokerOptions());

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Whoever_speaks_again_too_soon_is_told_how_long_to_wait_and_may_then()
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        _time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(18)), await SayAsync(bob));
        _time.Advance(TimeSpan.FromSeconds(18));
        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(30)), await SayAsync(bob));
    }

    [Fact]
    public async Task A_guest_who_logs_in_has_not_waited_by_that()
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        _time.Advance(TimeSpan.FromSeconds(12));
        var account = new ProvenAccount(new AccountId(7), UserName.TryParse("Bob", out var name) ? name : default, default);
        await bob.UpdateAsync(new UserProfile { Login = account });

        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(18)), await SayAsync(bob));
        _time.Advance(TimeSpan.FromSeconds(18));
        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(10)), await SayAsync(bob));
    }

    [Fact]
    public async Task What_is_refused_starts_no_new_pause()
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        _time.Advance(TimeSpan.FromSeconds(29));
        await SayAsync(bob);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
    }

    [Theory]
    [InlineData(RoomMode.Voice)]
    [InlineData(RoomMode.HalfOperator)]
    [InlineData(RoomMode.Operator)]
    public async Task Whoever_has_a_rank_waits_for_nothing(RoomMode rank)
    {
        var ann = await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await ann.MustSetAsync("main", rank, "Bob");

        Assert.All([await SayAsync(ann), await SayAsync(ann), await SayAsync(bob), await SayAsync(bob)], answer => Assert.Equal((Verdict.Accepted, null), answer));
    }

    [Fact]
    public async Task A_program_that_posts_waits_for_nothing()
    {
        await SlowRoomAsync();
        var robot = new TestSession(_broker);
        await robot.SignInAsync("Robot", new UserProfile { IsPoster = true });
        await robot.JoinAsync("main");

        Assert.All([await SayAsync(robot), await SayAsync(robot)], answer => Assert.Equal((Verdict.Accepted, null), answer));
    }

    [Theory]
    [InlineData(MessageKind.Action, Verdict.TooSoon)]
    [InlineData(MessageKind.Notice, Verdict.TooSoon)]
    [InlineData(MessageKind.Query, Verdict.TooSoon)]
    [InlineData(MessageKind.Tags, Verdict.Accepted)]
    public async Task Everything_that_is_read_counts_and_reactions_do_not(MessageKind kind, Verdict verdict)
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.PostAsync("main", "", MessageKind.Tags);
        await bob.MustPostAsync("main", "one");

        Assert.Equal(verdict, await bob.PostAsync("main", "two", kind));
    }

    [Theory]
    [InlineData("👍🏽", Verdict.Accepted)]
    [InlineData("1️⃣", Verdict.Accepted)]
    [InlineData("🇩🇪", Verdict.Accepted)]
    [InlineData("see you there", Verdict.TooSoon)]
    [InlineData("да", Verdict.TooSoon)]
    public async Task A_reaction_that_is_written_in_letters_is_said_like_a_message(string reaction, Verdict verdict)
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        var draft = new MessageDraft(MessageKind.Tags, default) { Tags = "+react=x"u8.ToArray(), Reaction = Encoding.UTF8.GetBytes(reaction), IsLasting = true };

        Assert.Equal(verdict, (await _broker.AskAsync(bob.Session.Id, new Post(RoomName.TryParse("main", out var room) ? room : default, draft), TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task Leaving_and_coming_back_is_no_way_around()
    {
        await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        await bob.LeaveAsync("main");
        await bob.JoinAsync("main");
        await bob.RenameAsync("Rob");

        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(30)), await SayAsync(bob));
    }

    [Fact]
    public async Task Two_connections_of_one_account_have_one_turn_and_two_people_one_each()
    {
        await SlowRoomAsync();
        var account = new ProvenAccount(new AccountId(7), UserName.TryParse("Eve", out var name) ? name : default, DateTimeOffset.UnixEpoch);
        var eve = await EnterAsync("Eve", new UserProfile { Login = account });
        var again = await EnterAsync("Eve2", new UserProfile { Login = account });
        var bob = await EnterAsync("Bob");

        Assert.Equal(Verdict.Accepted, (await SayAsync(eve)).Verdict);
        Assert.Equal(Verdict.TooSoon, (await SayAsync(again)).Verdict);
        Assert.Equal(Verdict.Accepted, (await SayAsync(bob)).Verdict);
    }

    [Fact]
    public async Task Those_outside_a_room_that_lets_them_speak_wait_too()
    {
        var ann = await SlowRoomAsync();
        await ann.MustSetAsync("main", RoomMode.MembersOnly, isAdding: false);
        var bob = new TestSession(_broker);
        await bob.MustSignInAsync("Bob");

        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(30)), await SayAsync(bob));
    }

    [Fact]
    public async Task A_pause_that_is_made_shorter_or_ended_counts_at_once()
    {
        var ann = await SlowRoomAsync();
        var bob = await EnterAsync("Bob");
        await bob.MustPostAsync("main", "one");
        await ann.MustSetAsync("main", RoomMode.Slow, "40");
        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(40)), await SayAsync(bob));
        await ann.MustSetAsync("main", RoomMode.Slow, "5");
        Assert.Equal((Verdict.TooSoon, TimeSpan.FromSeconds(5)), await SayAsync(bob));
        await ann.MustSetAsync("main", RoomMode.Slow, isAdding: false);

        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
        Assert.Equal((Verdict.Accepted, null), await SayAsync(bob));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("21601")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData(null)]
    public async Task A_pause_is_of_1_second_to_6_hours(string? seconds)
    {
        var ann = await SlowRoomAsync();

        var result = await ann.ChangeModesAsync("main", new RoomModeChange(IsAdding: true, RoomMode.Slow, seconds));

        Assert.Equal(Verdict.BadArgument, Assert.Single(result!.Refused).Why);
        Assert.NotEmpty((await ann.ChangeModesAsync("main", new RoomModeChange(IsAdding: true, RoomMode.Slow, "21600")))!.Applied);
    }

    [Fact]
    public async Task A_message_that_is_on_its_way_into_the_store_counts()
    {
        using var hold = new Hold();
        await using var test = new TestHistory(time: _time);
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Slow, "30");
        await ann.AcknowledgedAsync();
        test.Store.OnAppend = _ => hold.Pause();
        await bob.PostAsync("main", "one");
        hold.WaitUntilReached();

        Assert.Equal(Verdict.TooSoon, await bob.PostAsync("main", "two"));
        hold.Release();
        await bob.AcknowledgedAsync();
        Assert.Equal("one", test.Store.Texts.Last());
    }

    [Fact]
    public async Task A_message_that_could_not_be_kept_does_not_count()
    {
        await using var test = new TestHistory(options: new RecordingOptions { OnFailure = HistoryFailurePolicy.Refuse }, time: _time);
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Slow, "30");
        await ann.AcknowledgedAsync();
        test.Store.OnAppend = _ => throw new HistoryException("full");
        await bob.PostAsync("main", "one");
        await bob.AcknowledgedAsync();
        test.Store.OnAppend = null;

        Assert.Equal(Verdict.Accepted, await bob.PostAsync("main", "two"));
        Assert.Equal(Verdict.TooSoon, await bob.PostAsync("main", "three"));
    }

    private async Task<TestSession> SlowRoomAsync()
    {
        var ann = await EnterAsync("Ann");
        await ann.MustSetAsync("main", RoomMode.Slow, "30");
        return ann;
    }

    private async Task<TestSession> EnterAsync(string name, UserProfile? profile = null)
    {
        var session = new TestSession(_broker);
        Assert.Equal(Verdict.Accepted, await session.SignInAsync(name, profile));
        Assert.Equal(Verdict.Accepted, await session.JoinAsync("main"));
        return session;
    }

    private async Task<(Verdict Verdict, TimeSpan? RetryAfter)> SayAsync(TestSession session)
    {
        var post = new Post(RoomName.TryParse("main", out var room) ? room : default, new MessageDraft(MessageKind.Text, "again"u8.ToArray()));
        var decision = await _broker.AskAsync(session.Session.Id, post, TestContext.Current.CancellationToken);
        return (decision.Verdict, decision.RetryAfter);
    }
}
