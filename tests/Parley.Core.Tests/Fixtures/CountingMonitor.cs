using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Remembers what it was told.</summary>
internal sealed class CountingMonitor : IRecordingMonitor
{
    private long _lost;

    public int Failures { get; private set; }

    public int Recoveries { get; private set; }

    public long LostMessages => Volatile.Read(ref _lost);

    public void Kept(int messages, TimeSpan took)
    {
    }

    public void Failed(HistoryException cause) => Failures++;

    public void Recovered() => Recoveries++;

    public void TidyFailed(HistoryException cause)
    {
    }

    public TimeSpan? Ahead { get; private set; }

    /// <summary>Rooms whose newest message is ahead of the clock.</summary>
    public List<(RoomName Room, TimeSpan By)> RoomsAhead { get; } = [];

    public int Rejections { get; private set; }

    public void ClockAhead(TimeSpan by) => Ahead = by;

    public void TimesAhead(RoomName room, TimeSpan by) => RoomsAhead.Add((room, by));

    public void Rejected(HistoryException cause) => Rejections++;

    public void Lost(long messages) => Interlocked.Add(ref _lost, messages);
}
