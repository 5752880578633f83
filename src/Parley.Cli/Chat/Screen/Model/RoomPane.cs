namespace Parley.Cli.Chat.Screen.Model;

/// <summary>One room as its user sees it: who is in it, what was said, and the line that is being written there.</summary>
internal sealed class RoomPane
{
    /// <param name="rowsOf">Number of rows that an entry takes at the present width.</param>
    public RoomPane(Func<Entry, int> rowsOf) => Scrollback = new Scrollback(Log, rowsOf);

    /// <summary>The room's name; empty while the user is in none.</summary>
    public string Name { get; set; } = "";

    /// <summary>False once the user was put out of the room, whose pane stays.</summary>
    public bool IsJoined { get; set; }

    public MemberList Members { get; } = new();

    public MessageLog Log { get; } = new();

    public Scrollback Scrollback { get; }

    public LineEditor Editor { get; } = new();

    public InputHistory History { get; } = new();

    /// <summary>Number of messages that came while another pane was shown.</summary>
    public int Unread { get; set; }

    /// <summary>True if one of them is for this user in particular.</summary>
    public bool IsWanted { get; set; }
}
