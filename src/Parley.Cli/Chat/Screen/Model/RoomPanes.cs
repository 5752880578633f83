namespace Parley.Cli.Chat.Screen.Model;

/// <summary>The panes of the rooms that the user is in, in the order in which they were joined, and the one that is shown.</summary>
/// <param name="rowsOf">Number of rows that an entry takes at the present width.</param>
internal sealed class RoomPanes(Func<Entry, int> rowsOf)
{
    private readonly List<RoomPane> _all = [new RoomPane(rowsOf)];
    private int _at;

    /// <summary>All panes; at least one.</summary>
    public IReadOnlyList<RoomPane> All => _all;

    /// <summary>The pane that is shown.</summary>
    public RoomPane Current => _all[_at];

    /// <summary>The pane of a room; null if there is none.</summary>
    public RoomPane? Find(string room) => _all.Find(pane => pane.Name.Equals(room, StringComparison.OrdinalIgnoreCase));

    /// <summary>The pane of a room, made if need be: out of the first one while that has no room.</summary>
    public RoomPane Open(string room)
    {
        if (Find(room) is { } found)
        {
            return found;
        }

        if (_all.Find(pane => pane.Name.Length == 0) is not { } opened)
        {
            opened = new RoomPane(rowsOf);
            _all.Add(opened);
        }

        opened.Name = room;
        return opened;
    }

    /// <summary>Takes a pane away, and shows the one before it if it was shown; the last one stays, without a room.</summary>
    public void Close(RoomPane pane)
    {
        int index = _all.IndexOf(pane);
        if (_all.Count == 1)
        {
            (pane.Name, pane.IsJoined) = ("", false);
            return;
        }

        _all.RemoveAt(index);
        if (index <= _at)
        {
            _at = Math.Max(0, _at - 1);
        }

        MarkRead();
    }

    /// <summary>Shows the pane at a place; nothing changes where there is none.</summary>
    public void Show(int index)
    {
        if (index >= 0 && index < _all.Count)
        {
            _at = index;
            MarkRead();
        }
    }

    /// <summary>Shows a pane.</summary>
    public void Show(RoomPane pane) => Show(_all.IndexOf(pane));

    /// <summary>Shows the pane so many places further on, round at the ends.</summary>
    public void Step(int by) => Show((_at + by + _all.Count) % _all.Count);

    /// <summary>Shows the next pane that has something unread, one with a message for this user first.</summary>
    public void ShowUnread()
    {
        IEnumerable<RoomPane> others = _all.Skip(_at + 1).Concat(_all.Take(_at)).Where(pane => pane.Unread > 0);
        if (others.OrderByDescending(pane => pane.IsWanted).FirstOrDefault() is { } next)
        {
            Show(next);
        }
    }

    private void MarkRead() => (Current.Unread, Current.IsWanted) = (0, false);
}
