using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Connections;

namespace Parley.Server.Irc.History;

/// <summary>
/// Replay, to a client with <c>znc.in/playback</c>, of rooms for which it does not ask: there are clients that negotiate it and
/// ask only for rooms they have not seen before. They are given a moment after they join.
/// </summary>
internal sealed class LateReplay(IrcSession session) : IDisposable
{
    /// <summary>Longer than it takes a client to read its JOIN and ask; short enough that what was said before still comes before most of what is said now.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomName, IReadOnlyList<HistoryEntry>> _held = [];
    private ITimer? _timer;

    /// <summary>Keeps what the client may be shown of a room, for a moment.</summary>
    public void Hold(RoomName room, IReadOnlyList<HistoryEntry> entries)
    {
        lock (_gate)
        {
            _held[room] = entries;
            _timer ??= session.Context.Time.CreateTimer(static late => ((LateReplay)late!).Show(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    public void Dispose() => _timer?.Dispose();

    private void Show()
    {
        KeyValuePair<RoomName, IReadOnlyList<HistoryEntry>>[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }

        foreach (var (room, entries) in held.Where(each => session.Session.Rooms.Contains(each.Key)))
        {
            session.Session.Reply(output => IrcReplay.WritePast(session, room, entries, output));
        }

        session.Session.Outbox.ScheduleSend();
    }
}
