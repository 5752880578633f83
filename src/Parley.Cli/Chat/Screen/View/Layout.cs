namespace Parley.Cli.Chat.Screen.View;

/// <summary>Arrangement of the panes on a screen of a given size.</summary>
/// <param name="HasBoxes">Whether panes have borders, with their titles in them.</param>
/// <param name="PaneColumns">How wide a row of messages is.</param>
/// <param name="PaneRows">How many rows of messages there are; may be none.</param>
/// <param name="MemberColumns">How wide the member list is, borders included; 0 where there is no room for it.</param>
/// <param name="InputRow">The row of the text being written.</param>
/// <param name="StatusRow">The row of the status line; -1 where there is no room for it.</param>
internal readonly record struct Layout(bool HasBoxes, int PaneColumns, int PaneRows, int MemberColumns, int InputRow, int StatusRow)
{
    private const int MinBoxColumns = 30;
    private const int MinBoxRows = 10;
    private const int MinColumnsWithMembers = 72;

    // The longest name there may be, and the borders.
    private const int MemberListColumns = 22;

    public static Layout For(int columns, int rows)
    {
        if (columns < MinBoxColumns || rows < MinBoxRows)
        {
            return new Layout(false, columns, Math.Max(0, rows - 2), 0, rows - 1, rows - 2);
        }

        // Borders: two of the pane, two of the input.
        int members = columns >= MinColumnsWithMembers ? MemberListColumns : 0;
        return new Layout(true, columns - members - 2, rows - 6, members, rows - 3, rows - 1);
    }
}
