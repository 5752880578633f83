using System.Globalization;
using Parley.Cli.Chat.Screen.Model;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.View;

/// <summary>The list of rooms in the border above the messages, each with the number of its key and what is unread in it.</summary>
internal static class RoomStrip
{
    private const int FirstColumn = 2;

    // Yellow of the 16 colours: as the messages that are meant.
    private const byte WantedColour = 11;

    /// <summary>Title of the pane while there is one room; empty for a list.</summary>
    public static string Title(ChatModel model) => model.Panes.All.Count > 1 ? "" : model.Room;

    /// <summary>Draws the list, as much of it around the room that is shown as there is space for.</summary>
    public static void Draw(ChatModel model, Frame frame, int width)
    {
        IReadOnlyList<RoomPane> panes = model.Panes.All;
        if (panes.Count < 2)
        {
            return;
        }

        string[] names = [.. panes.Select(NameOf)];
        int shown = panes.ToList().IndexOf(model.Panes.Current);
        int first = 0;
        int available = width - (2 * FirstColumn);
        while (first < shown && names[first..(shown + 1)].Sum(CellText.WidthOf) > available)
        {
            first++;
        }

        int column = FirstColumn;
        for (int index = first; index < panes.Count; index++)
        {
            int end = width - FirstColumn;
            if (column + CellText.WidthOf(names[index]) > end && index > first)
            {
                frame.Draw(0, end - 1, 1, "…", Style.Dim);
                break;
            }

            column = frame.Draw(0, column, end - column, names[index], StyleOf(panes[index], index == shown));
        }
    }

    private static string NameOf(RoomPane pane, int index)
    {
        string number = index < 9 ? string.Create(CultureInfo.InvariantCulture, $"{index + 1} ") : "";
        string unread = pane.Unread == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({pane.Unread}{(pane.IsWanted ? "!" : "")})");
        return $" {number}{(pane.IsJoined ? pane.Name : $"({pane.Name})")}{unread} ";
    }

    private static Style StyleOf(RoomPane pane, bool isShown)
        => isShown ? Style.Reverse.With(StyleKind.Bold)
            : pane.IsWanted ? new Style(WantedColour, StyleKind.Bold)
            : pane.Unread > 0 ? Style.Bold
            : Style.Dim;
}
