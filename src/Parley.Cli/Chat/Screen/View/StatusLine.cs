using System.Globalization;
using Parley.Cli.Chat.Screen.Model;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.View;

/// <summary>The line that says how things stand; where there is no room for all of it, what matters least is left out.</summary>
internal static class StatusLine
{
    // Green, yellow and red of the 16 colours.
    private const byte Good = 10;
    private const byte Uncertain = 11;
    private const byte Bad = 9;

    private const string Keys = "Ctrl+F search · Esc quit";
    private const string KeysOfRooms = "Alt+1..9 rooms · Ctrl+F search · Esc quit";

    public static void Draw(ChatModel model, Frame frame, int row, bool isShort)
    {
        if (model.Hint is { } hint)
        {
            frame.Draw(row, 0, frame.Columns, hint, new Style(Uncertain, StyleKind.Bold));
            return;
        }

        (string mark, string words, byte colour) = Link(model);
        int column = frame.Draw(row, 0, frame.Columns, mark, new Style(colour));
        bool isConnected = model.Link.Kind == LinkKind.Connected;
        foreach ((string text, Style style) in Parts(model, isShort && isConnected ? "" : words))
        {
            int needed = 1 + CellText.WidthOf(text);
            if (text.Length > 0 && column + needed <= frame.Columns)
            {
                column = frame.Draw(row, column + 1, needed, text, style);
                column += isShort ? 0 : 1;
            }
        }

        string help = model.Panes.All.Count > 1 && column + CellText.WidthOf(KeysOfRooms) + 2 <= frame.Columns ? KeysOfRooms : Keys;
        int keys = CellText.WidthOf(help);
        if (column + keys + 2 <= frame.Columns)
        {
            frame.Draw(row, frame.Columns - keys, keys, help, Style.Dim);
        }
    }

    // Those that matter most come first: what does not fit is passed over.
    private static IEnumerable<(string Text, Style Style)> Parts(ChatModel model, string link)
    {
        int unread = model.Scrollback.Unread;
        yield return (link, default);
        yield return (unread > 0 ? string.Create(CultureInfo.InvariantCulture, $"{unread} unread") : "", Style.Bold);
        yield return (Elsewhere(model) is > 0 and var elsewhere ? string.Create(CultureInfo.InvariantCulture, $"{elsewhere} elsewhere") : "", Style.Bold);
        yield return (model.Room, Style.Bold);
        yield return (model.Name, model.Name.Length > 0 ? new Style(NameColour.Of(model.Name), StyleKind.Bold) : default);
        yield return (model.Echo.Latency is { } latency ? Milliseconds(latency) : "", Style.Dim);
    }

    private static int Elsewhere(ChatModel model) => model.Panes.All.Sum(pane => pane.Unread);

    private static (string Mark, string Words, byte Colour) Link(ChatModel model) => model.Link switch
    {
        { Kind: LinkKind.Connected } => ("●", "connected", Good),
        { RetryAt: { } retryAt } => ("○", $"no connection, again in {Seconds(retryAt - model.Now)} s", Bad),
        _ => ("○", "connecting", Uncertain),
    };

    private static string Seconds(TimeSpan left) => Math.Max(0, Math.Ceiling(left.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan latency) => latency.TotalMilliseconds < 1
        ? "<1 ms"
        : string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0} ms");
}
