using System.Text;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Conversion of events in rooms to entries of history, and back.</summary>
public static class EventEntry
{
    /// <summary>True if history has a kind for it.</summary>
    public static bool IsKept(RoomEvent entry) => Describe(entry) is not null;

    /// <summary>The entry of an event, which MUST be of a kind that history has.</summary>
    public static HistoryEntry Of(RoomEvent entry)
    {
        var (kind, text) = Describe(entry) ?? throw new ArgumentException("History has no kind for it.", nameof(entry));
        var actor = entry.Actor;
        return new HistoryEntry(
            entry.Room, entry.Number, entry.Time, actor.Name, default, kind, Encoding.UTF8.GetBytes(text), HistoryEntry.OriginOf(actor), actor.Profile.Account, AuthorId: actor.Identity, Life: entry.Life);
    }

    /// <summary>The names of a room that took another; false if that is not what the entry is about.</summary>
    public static bool TryReadRenaming(in HistoryEntry entry, out RoomName oldName, out RoomName newName)
    {
        (oldName, newName) = (default, default);
        if (entry.Kind != MessageKind.RoomRenamed)
        {
            return false;
        }

        var text = entry.Text.Span;
        var space = text.IndexOf((byte)' ');
        return space > 0
            && RoomName.TryParse(text[..space], out oldName) && RoomName.TryParse(text[(space + 1)..], out newName) && newName != oldName;
    }

    /// <summary>Returns the event that an entry describes, as far as the entry tells; null if it is not an event in a room.</summary>
    public static RoomEvent? Restore(in HistoryEntry entry)
    {
        var text = Encoding.UTF8.GetString(entry.Text.Span);
        var (room, number, time, actor) = (entry.Room, entry.Number, entry.Time, entry.Actor);
        return entry.Kind switch
        {
            MessageKind.Joined => new UserJoined(room, number, time, actor with { KnownProfile = actor.Profile with { RealName = text } }),
            MessageKind.Left => new UserLeft(room, number, time, actor, text),
            MessageKind.Quit => new UserQuit(room, number, time, actor, text),
            MessageKind.Renamed when UserName.TryParse(text, out var name) => new UserRenamed(room, number, time, actor, name),
            MessageKind.Topic => new TopicChanged(room, number, time, actor, text),
            MessageKind.Kicked when text.Split(' ', 2) is [var first, .. var rest] && UserName.TryParse(first, out var member) =>
                new MemberKicked(room, number, time, actor, new Actor(0, member), rest is [var reason] ? reason : ""),
            MessageKind.Modes when ModesText.TryParse(text, out var changes) => new ModesChanged(room, number, time, actor, changes),
            MessageKind.Redacted => new MessageRedacted(room, number, time, actor, entry.Number, text) { SaidIn = entry.SaidIn },
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
        RoomRenamed renamed when renamed.NewName != renamed.Room => (MessageKind.RoomRenamed, $"{renamed.Room.Value} {renamed.NewName.Value}"),
        _ => null,
    };
}
