using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>One message as history keeps it: said in a room, or to one user.</summary>
/// <param name="Room">The room; empty for a direct message.</param>
/// <param name="Number">1 for the room's first message ever, then one more each, also across restarts; direct messages have numbers of their own.</param>
/// <param name="Time">When it was accepted, UTC; never earlier than that of a lower number.</param>
/// <param name="Author">The author's name at that time.</param>
/// <param name="Recipient">Whom a direct message is to; empty in a room.</param>
/// <param name="Kind">Said or done.</param>
/// <param name="Text">Valid UTF-8 without line breaks; MUST NOT be changed afterwards.</param>
/// <param name="Origin">The author's <c>ident@host</c> at that time; null if nothing was known.</param>
/// <param name="Account">The account that the author had proven; empty if none.</param>
/// <param name="Tags">Tags for clients, which nobody here looks into: <c>key=value;key=value</c>; empty if none.</param>
public readonly record struct HistoryEntry(
    RoomName Room,
    long Number,
    DateTimeOffset Time,
    UserName Author,
    UserName Recipient,
    MessageKind Kind,
    ReadOnlyMemory<byte> Text,
    string? Origin = null,
    UserName Account = default,
    ReadOnlyMemory<byte> Tags = default)
{
    /// <summary>An entry of what somebody says now.</summary>
    public static HistoryEntry Of(RoomName room, long number, DateTimeOffset time, in Actor author, UserName recipient, MessageDraft draft)
        => new(
            room,
            number,
            time,
            author.Name,
            recipient,
            draft.Kind,
            draft.Text,
            author.Profile == UserProfile.Unknown ? null : $"{author.Profile.Ident}@{author.Profile.Host}",
            author.Profile.Account,
            draft.Tags);
}
