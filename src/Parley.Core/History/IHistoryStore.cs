using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Where messages are kept. Every implementation passes <c>HistoryStoreSpecification</c>.</summary>
/// <remarks>
/// Methods that write block, and are called by one thread at a time, which nobody's conversation waits on. Those that read
/// may be called at any time, from any thread, while others write: they see what was appended before, and MUST NOT block the
/// caller's thread. All of them throw <see cref="HistoryException"/> where the store fails.
/// </remarks>
public interface IHistoryStore : IAsyncDisposable
{
    /// <summary>Where it is, for people: a path, or that it is in memory.</summary>
    string Location { get; }

    /// <summary>Keeps a batch, all of it or nothing. Afterwards it outlives the process (in memory: it is there to be read).</summary>
    /// <param name="batch">
    /// In each room, numbers go up, from above any number that the room has had. But a redaction has the number of the
    /// message that it takes the place of, whose text and tags are forgotten and whose time it keeps; there may be none.
    /// And a renaming (<see cref="Events.MessageKind.RoomRenamed"/>) moves the history of its room to the new name that it gives, with
    /// itself as the last of it: entries behind it in the batch are of the rooms that have their names by then. What was kept under
    /// the new name before is set aside: nobody reads it any more, and it is removed as it ages. Under the old name a room begins
    /// anew. Numbers go on above those of both, so that none is ever given twice under either name.
    /// </param>
    void Append(ReadOnlySpan<HistoryEntry> batch);

    /// <summary>Latest time that <see cref="Tidy"/> was given, also before a restart; the newest message's time if it never was given one, null if there is none.</summary>
    DateTimeOffset? TidiedUntil { get; }

    /// <summary>
    /// Does a piece of what can wait: indexing for search, removing what is past its retention. Takes some milliseconds at
    /// most, and leaves the rest for the next call.
    /// </summary>
    /// <param name="retention">How much is kept.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>Whether there is more to do at once.</returns>
    bool Tidy(Retention retention, DateTimeOffset now);

    /// <summary>The highest number that was ever given in a room, also if that message is gone; 0 if none was.</summary>
    /// <param name="room">The room; empty for direct messages.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>Names that a room had, the oldest first, as far as the renamings are still kept.</summary>
    ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>The names that rooms have now which had another until some time ago: where what was said under that name is to be found.</summary>
    /// <param name="formerName">The name that they had.</param>
    /// <param name="since">Only those that had it at this time or later.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>The time of the newest message of a room, which what comes next must not precede; null if none is kept.</summary>
    /// <param name="room">The room; empty for direct messages.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default);

    /// <summary>Messages of a room, oldest first.</summary>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Direct messages between two, oldest first, under whatever names they were sent.</summary>
    /// <param name="reader">One end, which asks: only what it may read is there for it.</param>
    /// <param name="other">The other.</param>
    /// <param name="query">Which of them; its room is not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>With whom a user has exchanged direct messages, in the order of the last one with each.</summary>
    /// <param name="reader">The user, which asks: only what it may read counts.</param>
    /// <param name="query">The bounds of those last messages, and how many conversations; numbers are not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Messages of a room that have all the words, the newest first, or the oldest. Direct messages are not searched.</summary>
    ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default);
}
