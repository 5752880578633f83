using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Storage.Sqlite.Tests;

/// <summary>Messages to keep, each of the second that is its number.</summary>
internal static class Messages
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));

    public static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    public static HistoryEntry Said(string room, long number, string text, string author = "Ann")
        => new(Room(room), number, Start.AddSeconds(number), User(author), default, MessageKind.Text, Encoding.UTF8.GetBytes(text));

    /// <summary>The entry with which a room takes another name.</summary>
    public static HistoryEntry Renamed(string room, long number, string newName, string author = "Ann")
        => Said(room, number, $"{room} {newName}", author) with { Kind = MessageKind.RoomRenamed };

    public static HistoryEntry Told(string author, string recipient, long number, string text)
        => new(default, number, Start.AddSeconds(number), User(author), User(recipient), MessageKind.Text, Encoding.UTF8.GetBytes(text))
        {
            AuthorId = Asking(author).Guest,
            RecipientId = Asking(recipient).Guest,
        };

    /// <summary>The guest that wears that name in these tests.</summary>
    public static DirectReader Asking(string name) => new(Identity.OfGuest(name.Aggregate(7L, (sum, letter) => (sum * 31) + letter)));

    public static HistoryEntry[] Many(string room, int first, int count, string text)
        => [.. Enumerable.Range(first, count).Select(number => Said(room, number, $"{text} {number}"))];

    public static string[] TextsOf(IEnumerable<HistoryEntry> entries) => [.. entries.Select(entry => Encoding.UTF8.GetString(entry.Text.Span))];

    public static void TidyUp(this SqliteHistoryStore store, Retention retention = default)
    {
        while (store.Tidy(retention, Start))
        {
        }
    }
}
