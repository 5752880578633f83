using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>A history as an operator takes it from one store to another. Everything blocks, and throws <see cref="HistoryException"/> where it fails.</summary>
public interface IHistoryArchive : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>All messages, in the order in which they were written, read as they are asked for.</summary>
    /// <param name="room">Only this room's; empty for all rooms'.</param>
    /// <param name="withDirects">Whether direct messages are meant, too.</param>
    IEnumerable<HistoryEntry> Export(RoomName room = default, bool withDirects = false);

    /// <summary>Adds messages that are not there yet, by room and number. While a server runs, only up to its last numbers.</summary>
    /// <param name="entries">The messages.</param>
    /// <param name="now">The time, UTC: none may be of a later one.</param>
    ImportResult Import(IEnumerable<HistoryEntry> entries, DateTimeOffset now);

    /// <summary>The highest number of each room, and of direct messages.</summary>
    IReadOnlyList<LastNumber> LastNumbers();

    /// <summary>Has rooms go on above these numbers, whatever is kept of them; nothing while a server runs, which numbers them itself.</summary>
    void RaiseNumbers(IReadOnlyList<LastNumber> numbers);
}
