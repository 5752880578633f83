using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Is told how keeping history goes. MUST NOT block or throw: it is called on the lane's thread, and whoever comes into a room waits for it.</summary>
public interface IRecordingMonitor
{
    /// <summary>A batch was kept.</summary>
    /// <param name="messages">How many messages.</param>
    /// <param name="took">How long the store took.</param>
    void Kept(int messages, TimeSpan took);

    /// <summary>The store has failed; told once, until <see cref="Recovered"/>.</summary>
    void Failed(HistoryException cause);

    /// <summary>The store works again.</summary>
    void Recovered();

    /// <summary>Reports that work that can wait (the search index, removing what is past its retention) failed; it is tried again.</summary>
    void TidyFailed(HistoryException cause);

    /// <summary>
    /// The clock is so far ahead of the time that history has lived through that nothing is removed by its word: that goes on as
    /// time passes.
    /// </summary>
    void ClockAhead(TimeSpan by);

    /// <summary>
    /// The newest message of a room is of a time that is yet to come: what is said there has that time, too, until the clock gets
    /// there. Told once a room, when it is first asked for.
    /// </summary>
    /// <param name="room">The room; empty for direct messages.</param>
    /// <param name="by">How far its time is ahead of the clock.</param>
    void TimesAhead(RoomName room, TimeSpan by);

    /// <summary>The store is well, but does not take a message, which is not in history; told once a minute at most.</summary>
    void Rejected(HistoryException cause);

    /// <summary>Messages were delivered while the store had failed, and will not be in history.</summary>
    void Lost(long messages);
}
