namespace Parley.Cli.Chat.Screen.Model;

/// <summary>One thing that was said or happened, as the message pane shows it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Time">When, as the server said or else as it arrived here.</param>
/// <param name="Name">Who said it, or to whom; empty for notices.</param>
/// <param name="Text">What was said, fit for the screen.</param>
/// <param name="IsMention">Whether it is meant for this user in particular.</param>
internal sealed record Entry(EntryKind Kind, TimeOnly Time, string Name, string Text, bool IsMention = false)
{
    /// <summary>Id of the message; empty if it has none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Words about the message that it answers; empty if it answers none.</summary>
    public string About { get; init; } = "";

    /// <summary>The entry as a line of plain text.</summary>
    public string Plain => Before + Name + Between + About + Text;

    /// <summary>Text shown before the name; may be empty.</summary>
    public string Before => Kind switch
    {
        EntryKind.Action => "* ",
        EntryKind.DirectFrom => "from ",
        EntryKind.DirectTo => "to ",
        _ => "",
    };

    /// <summary>Text shown between the name and the message; may be empty.</summary>
    public string Between => Kind switch
    {
        EntryKind.Notice or EntryKind.Alert => "",
        EntryKind.Action => " ",
        _ => ": ",
    };

    /// <summary>True if somebody said it, so that it counts as unread.</summary>
    public bool IsSaid => Kind is not (EntryKind.Notice or EntryKind.Alert);
}

/// <summary>The kinds of <see cref="Entry"/>.</summary>
internal enum EntryKind
{
    Message,
    Action,
    DirectFrom,
    DirectTo,

    /// <summary>Somebody said it, and it was deleted; the text says so.</summary>
    Deleted,

    /// <summary>The server said it: who comes and goes, answers.</summary>
    Notice,

    /// <summary>Something is wrong: the connection, a line that was not sent, messages that were missed.</summary>
    Alert,
}
