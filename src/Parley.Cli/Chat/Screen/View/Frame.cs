using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.View;

/// <summary>One picture of the whole screen, as cells.</summary>
internal sealed class Frame
{
    private readonly Cell[] _cells;

    public Frame(int columns, int rows)
    {
        Columns = columns;
        Rows = rows;
        _cells = new Cell[columns * rows];
        Array.Fill(_cells, Cell.Blank);
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Where the cursor stands; null to hide it.</summary>
    public (int Row, int Column)? Cursor { get; set; }

    /// <summary>One row; a wide character is followed by empty cells.</summary>
    public ReadOnlySpan<Cell> Row(int row) => _cells.AsSpan(row * Columns, Columns);

    /// <summary>Draws text from a place on; what goes over <paramref name="width"/> is left out. The result is the column behind it.</summary>
    public int Draw(int row, int column, int width, string text, Style style) => Draw(row, column, width, CellText.Of(text, style));

    /// <summary>Draws cells from a place on; what goes over <paramref name="width"/> is left out. The result is the column behind them.</summary>
    public int Draw(int row, int column, int width, IEnumerable<Cell> cells)
    {
        int end = Math.Min(column + width, Columns);
        if (row < 0 || row >= Rows)
        {
            return column;
        }

        Span<Cell> target = _cells.AsSpan(row * Columns, Columns);
        foreach (Cell cell in cells)
        {
            if (column + cell.Width > end)
            {
                break;
            }

            target[column] = cell;
            target.Slice(column + 1, cell.Width - 1).Fill(new Cell("", 0, cell.Style));
            column += cell.Width;
        }

        return column;
    }
}
