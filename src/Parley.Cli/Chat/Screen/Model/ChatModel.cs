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
        Scrollback = new Scrollback(Log, entry => EntryText.Rows(entry, PaneColumns).Count);
    }

    public IChatActions Actions { get; }

    public LinkState Link { get; set; } = new(LinkKind.Connecting);

    public string Name { get; set; } = "";

    public string Room { get; set; } = "";

    public MemberList Members { get; } = new();

    /// <summary>The rooms that are known of.</summary>
    public SortedSet<string> Rooms { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The commands that the server has listed, and the client's own; each with its slash.</summary>
    public SortedSet<string> Commands { get; } = new(StringComparer.Ordinal) { "/help", "/join", "/name", "/quit", "/rooms", "/transcript", "/users" };

    public MessageLog Log { get; } = new();

    public Scrollback Scrollback { get; }

    /// <summary>Width of a row in the message pane, in cells; set during layout of the screen.</summary>
    public int PaneColumns { get; set; } = 80;

    public LineEditor Editor { get; } = new();

    public InputHistory History { get; } = new();

    public Completion Completion { get; }

    public EchoMeter Echo { get; }

    /// <summary>The search under way, if there is one.</summary>
    public SearchBox? Search { get; set; }

    /// <summary>Hint for the user, shown in place of the status until the next key press; null if there is none.</summary>
    public string? Hint { get; set; }

    public DateTimeOffset Now => _time.GetLocalNow();

    public long Timestamp => _time.GetTimestamp();

    public TimeSpan Since(long timestamp) => _time.GetElapsedTime(timestamp);

    /// <summary>Adds an entry for what happened just now, or at the time that the server gave.</summary>
    public void Add(EntryKind kind, string text, string name = "", TimeOnly? time = null, bool isMention = false)
    {
        string shown = text.Length > MaxEntryChars ? $"{text.AsSpan(0, MaxEntryChars)} ... and {Counted.Of(text.Length - MaxEntryChars, "character")} more" : text;
        var entry = new Entry(kind, time ?? TimeOnly.FromDateTime(Now.DateTime), name, CellText.Clean(shown), isMention);
        Log.Add(entry);
        Actions.Record(entry);
    }
}
