using System.Text;
using Parley.Core.Broker;
using Parley.Core.Broker.Rooms;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;
using Xunit;

namespace Parley.Core.Tests.History;

/// <summary>Questions about what was said: a broker answers them to those who may know, and to nobody else.</summary>
public sealed class HistoryQuestionTests : IAsyncDisposable
{
    private readonly MemoryHistoryStore _store = new();
    private readonly LocalBroker _broker;

    public HistoryQuestionTests() => _broker = new LocalBroker(
        TimeProvider.System, new BrokerOptions(), history: new Recording(_store, new RecordingOptions(), new CountingMonitor()));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task A_room_is_read_and_searched_by_those_who_follow_it()
    {
        var ann = await SignInAsync("Ann", "cellar");
        var bob = await SignInAsync("Bob");
        await ann.MustPostAsync("cellar", "tea");

        Assert.Equal(["tea"], Texts(await ann.LookAsync(new ReadRoom(Cellar))));
        Assert.Equal(["tea"], Texts((await ann.LookAsync(new SearchRoom(new HistorySearch(Cellar.Room, "tea"))))?.Entries));
        foreach (var who in new[] { bob.Session.Id, SessionId.Anybody, new SessionId(long.MaxValue) })
        {
            Assert.Null(await _broker.LookAsync(who, new ReadRoom(Cellar), Token));
            Assert.Null(await _broker.LookAsync(who, new SearchRoom(new HistorySearch(Cellar.Room, "tea")), Token));
        }

        await ann.LeaveAsync("cellar");
        Assert.Null(await ann.LookAsync(new ReadRoom(Cellar)));
    }

    [Fact]
    public async Task A_life_that_somebody_claims_to_know_opens_nothing()
    {
        var ann = await SignInAsync("Ann", "cellar");
        await ann.MustSetAsync("cellar", RoomMode.InviteOnly);
        var life = ann.Session.LifeOf(Cellar.Room);
        await ann.MustPostAsync("cellar", "tea");
        await ann.LeaveAsync("cellar");
        var bob = await SignInAsync("Bob");
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("cellar"));

        Assert.Empty(Texts(await bob.LookAsync(new ReadRoom(Cellar with { Life = life }))));
        Assert.Empty(Texts(await bob.LookAsync(new ReadRoom(Cellar with { Life = RoomLife.All }))));
    }

    [Fact]
    public async Task A_conversation_is_read_by_both_ends_of_it()
    {
        var (ann, bob, cyd) = (await SignInAsync("Ann"), await SignInAsync("Bob"), await SignInAsync("Cyd"));
        await ann.TellAsync("tea", "Bob");

        Assert.Equal(["tea"], Texts(await ann.LookAsync(With("Bob"))));
        Assert.Equal(["tea"], Texts(await bob.LookAsync(With("Ann"))));
        Assert.Empty(await cyd.LookAsync(With("Ann")));
        Assert.Empty(await cyd.LookAsync(new ListConversations(new HistoryQuery(default))));
        Assert.Empty(await _broker.LookAsync(SessionId.Anybody, With("Ann"), Token));
        Assert.Equal(["Ann"], (await bob.LookAsync(new ListConversations(new HistoryQuery(default)))).Select(conversation => conversation.With.Value));
    }

    private async Task<TestSession> SignInAsync(string name, params string[] rooms)
    {
        var session = new TestSession(_broker);
        await session.MustSignInAsync(name);
        foreach (var room in rooms)
        {
            await session.MustJoinAsync(room);
        }

        return session;
    }

    private static HistoryQuery Cellar => RoomName.TryParse("cellar", out var room) ? new(room) : throw new InvalidOperationException();

    private static ReadConversation With(string name)
        => UserName.TryParse(name, out var other) ? new(new Correspondent(other), new HistoryQuery(default)) : throw new ArgumentException(name, nameof(name));

    private static string[] Texts(IReadOnlyList<HistoryEntry>? entries)
    {
        Assert.NotNull(entries);
        return [.. entries.Select(entry => Encoding.UTF8.GetString(entry.Text.Span))];
    }
}
