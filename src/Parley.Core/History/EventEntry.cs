using System.Text;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>What happens in rooms, as entries of history, and back.</summary>
public static class EventEntry
{
    /// <summary>Whether history has a kind for it.</summary>
    public static bool IsKept(RoomEvent entry) => Describe(entry) is not null;

    /// <summary>The entry for something that happened.</summary>
    /// <param name="entry">What happened; one that is kept.</param>
    /// <param name="room">Where.</param>
    /// <param name="number">Its number.</param>
    /// <param name="time">Its time, which history's order asks for.</param>
    public static HistoryEntry Of(RoomEvent entry, RoomName room, long number, DateTimeOffset time)
    {
        var (kind, text) = Describe(entry) ?? throw new ArgumentException("History has no kind for it.", nameof(entry));
        var actor = entry.Actor;
        return new HistoryEntry(
            room, number, time, actor.Name, default, kind, Encoding.UTF8.GetBytes(text), HistoryEntry.OriginOf(actor), actor.Profile.Account);
    }

    /// <summary>What happened, as far as the entry says; null if that was nothing that happened in a room.</summary>
    public static RoomEvent? Restore(in HistoryEntry entry)
    {
        var text = Encoding.UTF8.GetString(entry.Text.Span);
        var (room, time, actor) = (entry.Room, entry.Time, entry.Actor);
        return entry.Kind switch
        {
            MessageKind.Joined => new UserJoined(room, 0, time, actor with { KnownProfile = actor.Profile with { RealName = text } }),
            MessageKind.Left => new UserLeft(room, 0, time, actor, text),
            MessageKind.Quit => new UserQuit(room, 0, time, actor, text),
            MessageKind.Renamed when UserName.TryParse(text, out var name) => new UserRenamed(room, 0, time, actor, name),
            MessageKind.Topic => new TopicChanged(room, 0, time, actor, text),
            MessageKind.Kicked when text.Split(' ', 2) is [var first, .. var rest] && UserName.TryParse(first, out var member) =>
                new MemberKicked(room, 0, time, actor, new Actor(0, member), rest is [var reason] ? reason : ""),
            MessageKind.Modes when ModesText.TryParse(text, out var changes) => new ModesChanged(room, 0, time, actor, changes),
            MessageKind.Redacted => new MessageRedacted(room, 0, time, actor, entry.Number, text),
            _ => null,
        };
    }

    private static (MessageKind Kind, string Text)? Describe(RoomEvent entry) => entry switch
    {
        UserJoined => (MessageKind.Joined, entry.Actor.Profile.RealName),
        UserLeft left => (MessageKind.Left, left.Reason),
        UserQuit quit => (MessageKind.Quit, quit.Reason),
        UserRenamed renamed => (MessageKind.Renamed, renamed.NewName.Value),
        TopicChanged topic => (MessageKind.Topic, topic.Topic),
        MemberKicked kicked => (MessageKind.Kicked, $"{kicked.Member.Name.Value} {kicked.Reason}".TrimEnd()),
        ModesChanged modes => (MessageKind.Modes, ModesText.Of(modes.Changes)),
        _ => null,
    };
}
