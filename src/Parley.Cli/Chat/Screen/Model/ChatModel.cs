using Parley.Cli.Chat.Screen.Text;
using Parley.Core.Text;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Everything the screen shows. Changed by <see cref="Conversation"/> and <see cref="KeyBindings"/>, on one thread at a time.</summary>
internal sealed class ChatModel
{
    // A list of all users may have a megabyte. Whoever wants all of it asks with a program.
    private const int MaxEntryChars = 8000;

    private readonly TimeProvider _time;

    public ChatModel(IChatActions actions, TimeProvider time)
    {
        _time = time;
        Actions = actions;
        Echo = new EchoMeter(time);
        Completion = new Completion(this);
        Panes = new RoomPanes(entry => EntryText.Rows(entry, PaneColumns).Count);
    }

    public IChatActions Actions { get; }

    public LinkState Link { get; set; } = new(LinkKind.Connecting);

    public string Name { get; set; } = "";

    /// <summary>The rooms that the user is in.</summary>
    public RoomPanes Panes { get; }

    /// <summary>True if the server tells of which room each line is: then there may be several.</summary>
    public bool HasTags { get; set; }

    /// <summary>The room that is shown; empty while the user is in none.</summary>
    public string Room => Panes.Current.IsJoined ? Panes.Current.Name : "";

    /// <summary>Members of the room that is shown.</summary>
    public MemberList Members => Panes.Current.Members;

    /// <summary>The rooms that are known of.</summary>
    public SortedSet<string> Rooms { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The commands that the server has listed, and the client's own; each with its slash.</summary>
    public SortedSet<string> Commands { get; } = new(StringComparer.Ordinal) { "/help", "/join", "/leave", "/name", "/quit", "/rooms", "/transcript", "/users" };

    /// <summary>Entries of the room that is shown.</summary>
    public MessageLog Log => Panes.Current.Log;

    public Scrollback Scrollback => Panes.Current.Scrollback;

    /// <summary>Width of a row in the message pane, in cells; set during layout of the screen.</summary>
    public int PaneColumns { get; set; } = 80;

    /// <summary>The line that is being written in the room that is shown; it stays there when another is shown.</summary>
    public LineEditor Editor => Panes.Current.Editor;

    public InputHistory History => Panes.Current.History;

    /// <summary>The password that the server has asked for, as far as it is typed; null while it asks for none. It is shown nowhere.</summary>
    public LineEditor? Secret { get; set; }

    public Completion Completion { get; }

    public EchoMeter Echo { get; }

    /// <summary>The search under way, if there is one.</summary>
    public SearchBox? Search { get; set; }

    /// <summary>Hint for the user, shown in place of the status until the next key press; null if there is none.</summary>
    public string? Hint { get; set; }

    public DateTimeOffset Now => _time.GetLocalNow();

    public long Timestamp => _time.GetTimestamp();

    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    /// <summary>Adds an entry for what happened just now, or at the time that the server gave, to the room that is shown.</summary>
    public void Add(EntryKind kind, string text, string name = "", TimeOnly? time = null, bool isMention = false)
        => Add(Panes.Current, new Entry(kind, time ?? TimeOnly.FromDateTime(Now.DateTime), name, text, isMention));

    /// <summary>Adds an entry to a room.</summary>
    public void Add(RoomPane pane, Entry added)
    {
        string text = added.Text;
        string shown = text.Length > MaxEntryChars ? $"{text.AsSpan(0, MaxEntryChars)} ... and {Counted.Of(text.Length - MaxEntryChars, "character")} more" : text;
        Entry entry = added with { Text = CellText.Clean(shown), About = CellText.Clean(added.About) };
        pane.Log.Add(entry);
        Actions.Record(entry);
    }
}
