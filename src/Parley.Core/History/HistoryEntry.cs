using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>One message as history keeps it: said in a room, or to one user. Or something else that happened in a room.</summary>
/// <param name="Room">The room; empty for a direct message.</param>
/// <param name="Number">1 for the room's first message ever, then one more each, also across restarts; direct messages have numbers of their own.</param>
/// <param name="Time">When it was accepted, UTC; never earlier than that of a lower number.</param>
/// <param name="Author">The author's name at that time.</param>
/// <param name="Recipient">Whom a direct message is to; empty in a room.</param>
/// <param name="Kind">Said or done, or what happened.</param>
/// <param name="Text">Valid UTF-8, without line breaks unless it was a message of several lines; MUST NOT be changed afterwards.</param>
/// <param name="Origin">The author's <c>ident@host</c> at that time; null if nothing was known.</param>
/// <param name="Account">The account that the author had proven; empty if none.</param>
/// <param name="Tags">Tags for clients, which nobody here looks into: <c>key=value;key=value</c>; empty if none.</param>
/// <param name="RecipientAccount">The account that the recipient of a direct message had proven; empty if none.</param>
/// <param name="AuthorId">Who wrote it; unknown in entries of before this was kept.</param>
/// <param name="RecipientId">Whom a direct message was to; unknown likewise, and in a room.</param>
/// <param name="Life">The life of the room that it is kept with, if the room kept people out.</param>
/// <param name="FormerRoom">Name that the room had then, in an entry that was read, if it has another by now; empty if not.</param>
/// <param name="PostOrigin">Mark by which it is recognised where a cluster's node sends it again; none in entries that were read, but for <see cref="ISharedHistory"/>.</param>
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
    ReadOnlyMemory<byte> Tags = default,
    UserName RecipientAccount = default,
    Identity AuthorId = default,
    Identity RecipientId = default,
    RoomLife Life = default,
    RoomName FormerRoom = default,
    PostOrigin PostOrigin = default)
{
    /// <summary>Name that the room had when this was said or happened: part of the id by which clients know the message.</summary>
    public RoomName SaidIn => FormerRoom.IsEmpty ? Room : FormerRoom;

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
            OriginOf(author),
            author.Profile.Account,
            author.Profile.IsBot ? BotTag(KeptTags.Of(draft.Tags)) : KeptTags.Of(draft.Tags),
            AuthorId: author.Identity,
            PostOrigin: draft.Origin);

    /// <summary>Author of the entry, as far as known: an actor without an id.</summary>
    public Actor Actor
    {
        get
        {
            var account = AuthorId.IsAccount ? new AccountId(AuthorId.Value) : default;
            var profile = new UserProfile { Login = Account.IsEmpty ? null : new ProvenAccount(account, Account, default) };
            var at = Origin?.IndexOf('@', StringComparison.Ordinal) ?? -1;
            return new Actor(0, Author, at < 0 ? profile : profile with { Ident = Origin![..at], Host = Origin[(at + 1)..] });
        }
    }

    /// <summary>That its author was a program then, as clients are told: others may have its name later.</summary>
    private static ReadOnlyMemory<byte> BotTag(ReadOnlyMemory<byte> tags)
        => tags.IsEmpty ? "bot"u8.ToArray() : (byte[])[.. "bot;"u8, .. tags.Span];

    /// <summary>Where somebody is, as entries have it; null if nothing is known.</summary>
    internal static string? OriginOf(in Actor actor)
        => actor.Profile == UserProfile.Unknown ? null : $"{actor.Profile.Ident}@{actor.Profile.Host}";
}
