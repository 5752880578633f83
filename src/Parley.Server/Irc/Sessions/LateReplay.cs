using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Irc.Sessions;

/// <summary>
/// Replay, to a client with <c>znc.in/playback</c>, of rooms for which it does not ask: there are clients that negotiate it and
/// ask only for rooms they have not seen before. They are given a moment after they join.
/// </summary>
internal sealed class LateReplay(TimeProvider time) : IDisposable
{
    /// <summary>Longer than it takes a client to read its JOIN and ask; short enough that what was said before still comes before most of what is said now.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomName, IReadOnlyList<HistoryEntry>> _held = [];
    private Action<IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>>>? _show;
    private Action<IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>>>? _showNow;
    private ITimer? _timer;

    /// <summary>Keeps what the client may be shown of a room, for a moment.</summary>
    /// <param name="room">The room.</param>
    /// <param name="entries">Its messages.</param>
    /// <param name="show">Shows what is held of all rooms by then, from any thread.</param>
    /// <param name="showNow">The same at once, before it returns.</param>
    public void Hold(
        RoomName room, IReadOnlyList<HistoryEntry> entries,
        Action<IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>>> show, Action<IReadOnlyList<KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>>> showNow)
    {
        lock (_gate)
        {
            _held[room] = entries;
            (_show, _showNow) = (show, showNow);
            _timer ??= time.CreateTimer(static late => ((LateReplay)late!).Show(isLate: true), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The client has asked for a room's history itself.</summary>
    public void Asked(RoomName room)
    {
        lock (_gate)
        {
            _held.Remove(room);
        }
    }

    /// <summary>Shows what is held: the client is to wait no more.</summary>
    public void ShowNow()
    {
        if (_showNow is not null)
        {
            Show(isLate: false);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void Show(bool isLate)
    {
        KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }

        (isLate ? _show : _showNow)?.Invoke(held);
    }
}
