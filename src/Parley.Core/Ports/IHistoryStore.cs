using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Ports;

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
    /// </param>
    void Append(ReadOnlySpan<HistoryEntry> batch);

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

    /// <summary>The time of the newest message of all; null if there is none.</summary>
    ValueTask<DateTimeOffset?> LastTimeAsync(CancellationToken cancellationToken = default);

    /// <summary>Messages of a room, oldest first.</summary>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Direct messages between two users, oldest first.</summary>
    /// <param name="reader">One end, which asks: only what it may read is there for it.</param>
    /// <param name="other">The other.</param>
    /// <param name="query">Which of them; its room is not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, UserName other, HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>With whom a user has exchanged direct messages, in the order of the last one with each.</summary>
    /// <param name="reader">The user, which asks: only what it may read counts.</param>
    /// <param name="query">The bounds of those last messages, and how many conversations; numbers are not looked at.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Messages of a room that have all the words, best first: those that have them more often, closer together, and of late.</summary>
    ValueTask<IReadOnlyList<HistoryEntry>> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default);
}
