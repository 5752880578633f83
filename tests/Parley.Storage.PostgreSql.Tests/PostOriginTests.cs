using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Storage.PostgreSql.Tests;

/// <summary>What a node sends again is recognised by its origin.</summary>
public sealed class PostOriginTests(PostgreSqlServer server)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_kept_is_found_by_its_origin_wherever_its_room_has_gone()
    {
        await using var store = PostgreSqlHistoryStore.Open(server.NewDatabase());
        store.Append([
            Said(1, new(7, 1)), Said(2, default), Said(3, new(7, 2)), Told(1, "Bob", new(7, 3)), Told(2, "Cem", new(7, 3)),
            Said(4, default) with { Kind = MessageKind.RoomRenamed, Text = "main hall"u8.ToArray() },
        ]);
        store.Append([Said(3, default) with { Room = Room("hall"), Kind = MessageKind.Redacted, Text = default }]);

        var found = await store.FindOriginsAsync([new(7, 2), new(7, 3), new(7, 4), new(8, 1)], Token);

        Assert.Equal(
            [("", 1L, "Bob", 3L), ("", 2, "Cem", 3), ("hall", 3, "", 2)],
            found.Select(entry => (entry.Room.Value, entry.Number, entry.Recipient.Value, entry.PostOrigin.Counter)).Order());
        Assert.Empty(await store.FindOriginsAsync([], Token));
    }

    [Fact]
    public async Task Direct_messages_are_read_on_from_a_number_with_their_origins_whosever_they_are()
    {
        await using var store = PostgreSqlHistoryStore.Open(server.NewDatabase());
        store.Append([
            Told(1, "Bob", new(7, 1)), Said(1, new(7, 2)), Told(2, "Cem", new(7, 3)), Told(3, "Bob", default),
            Told(4, "Cem", new(8, 1)) with { Kind = MessageKind.Tags, Text = default, Tags = "+react=:)"u8.ToArray() }, Told(5, "Bob", new(8, 2)),
        ]);
        store.Append([Told(5, "Bob", default) with { Kind = MessageKind.Redacted, Text = default }]);

        Assert.Equal(
            [(2L, "Cem", new PostOrigin(7, 3)), (3, "Bob", default), (4, "Cem", new PostOrigin(8, 1))],
            (await store.ReadDirectsAsync(after: 1, limit: 10, Token)).Select(entry => (entry.Number, entry.Recipient.Value, entry.PostOrigin)));
        Assert.Equal([1, 2], (await store.ReadDirectsAsync(after: 0, limit: 2, Token)).Select(entry => entry.Number));
        Assert.Empty(await store.ReadDirectsAsync(after: 4, limit: 10, Token));
    }

    [Fact]
    public async Task A_second_message_of_one_origin_is_refused_and_changes_nothing()
    {
        await using var store = PostgreSqlHistoryStore.Open(server.NewDatabase());
        store.Append([Said(1, new(7, 1)), Told(1, "Bob", new(7, 2))]);

        Assert.Throws<ArgumentException>(() => store.Append([Said(2, new(7, 3)), Said(3, new(7, 1))]));
        Assert.Throws<ArgumentException>(() => store.Append([Told(2, "Bob", new(7, 2))]));
        store.Append([Said(2, new(7, 3)), Said(3, new(8, 1))]);

        Assert.Equal([1L, 2, 3], (await store.ReadAsync(new(Room("main")), Token)).Select(entry => entry.Number));
    }

    [Fact]
    public void An_entry_has_the_origin_of_its_draft()
    {
        var author = new Actor(1, User("Ann"), UserProfile.Unknown);
        var draft = new MessageDraft(MessageKind.Text, "hello"u8.ToArray());

        Assert.Equal(new PostOrigin(7, 1), HistoryEntry.Of(Room("main"), 1, Start, author, default, draft with { Origin = new(7, 1) }).PostOrigin);
        Assert.True(HistoryEntry.Of(Room("main"), 1, Start, author, default, draft).PostOrigin.IsNone);
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    private static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static HistoryEntry Said(long number, PostOrigin origin)
        => new(Room("main"), number, Start.AddSeconds(number), User("Ann"), default, MessageKind.Text, "hello"u8.ToArray(), PostOrigin: origin);

    private static HistoryEntry Told(long number, string recipient, PostOrigin origin)
        => Said(number, origin) with { Room = default, Recipient = User(recipient) };
}
