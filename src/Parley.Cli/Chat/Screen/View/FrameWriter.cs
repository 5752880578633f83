using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Chat.Screen.View;

/// <summary>Turns frames into what a terminal understands, and of each only what differs from the one before.</summary>
/// <remarks>
/// Nothing relies on how wide the terminal takes a doubtful character to be: what follows one is put in its place, and a row
/// that has one is wiped and drawn anew. So terminals that disagree show a gap or an overlap, but never a crooked row.
/// </remarks>
internal sealed class FrameWriter(bool hasColour)
{
    // 2026 is synchronized output: a terminal that knows it shows the frame in one go, the others pass over it.
    private const string Begin = "\e[?2026h\e[?25l";
    private const string End = "\e[?2026l";

    private readonly ArrayBufferWriter<byte> _output = new();
    private Frame? _shown;
    private Style _style;

    /// <summary>Forgets the content of the screen, so that the next frame is drawn in full.</summary>
    public void Forget() => _shown = null;

    /// <summary>The bytes that change the screen from the last frame to this one; good until the next call. Empty if they are alike.</summary>
    public ReadOnlyMemory<byte> Write(Frame frame, bool bell = false)
    {
        _output.ResetWrittenCount();
        Write(Begin);
        int nothing = _output.WrittenCount;
        Frame? before = _shown is { } shown && shown.Columns == frame.Columns && shown.Rows == frame.Rows ? _shown : null;
        if (before is null)
        {
            _style = default;
            Write("\e[m\e[2J");
        }

        for (int row = 0; row < frame.Rows; row++)
        {
            WriteRow(row, frame.Row(row), before is null ? [] : before.Row(row));
        }

        _shown = frame;
        if (_output.WrittenCount == nothing && before?.Cursor == frame.Cursor && !bell)
        {
            return default;
        }

        SetStyle(default);
        if (frame.Cursor is { } cursor)
        {
            Write($"{Place(cursor.Row, cursor.Column)}\e[?25h");
        }

        Write(bell ? "\a" + End : End);
        return _output.WrittenMemory;
    }

    private void WriteRow(int row, ReadOnlySpan<Cell> cells, ReadOnlySpan<Cell> before)
    {
        int first = before.IsEmpty ? 0 : cells.CommonPrefixLength(before);
        if (first == cells.Length)
        {
            return;
        }

        int end = cells.Length;
        if (HasDoubtful(cells) || HasDoubtful(before))
        {
            first = 0;
            SetStyle(default);
            Write($"{Place(row, 0)}\e[2K");
        }
        else if (!before.IsEmpty)
        {
            while (cells[end - 1] == before[end - 1])
            {
                end--;
            }

            // A wide character is written as a whole, or not at all; the same for one that was there.
            while (first > 0 && (cells[first].Width == 0 || before[first].Width == 0))
            {
                first--;
            }

            while (end < cells.Length && (cells[end].Width == 0 || before[end].Width == 0))
            {
                end++;
            }
        }

        Write(Place(row, first));
        WriteCells(cells[first..end], first);
    }

    private void WriteCells(ReadOnlySpan<Cell> cells, int column)
    {
        foreach (Cell cell in cells)
        {
            if (cell.Width > 0)
            {
                SetStyle(cell.Style);
                Write(cell.Text);
                column += cell.Width;
                if (cell.IsDoubtful)
                {
                    Write(string.Create(CultureInfo.InvariantCulture, $"\e[{column + 1}G"));
                }
            }
        }
    }

    private void SetStyle(Style style)
    {
        if (style == _style)
        {
            return;
        }

        if (style.Link != _style.Link)
        {
            // OSC 8: a click opens the whole address, also where it had to be cut over two rows.
            Write($"\e]8;;{style.Link}\e\\");
        }

        _style = style;
        var codes = new StringBuilder("\e[0");
        foreach ((StyleKind weight, string code) in Codes)
        {
            if (style.Weight.HasFlag(weight))
            {
                codes.Append(';').Append(code);
            }
        }

        if (hasColour && style.Colour != 0)
        {
            codes.Append(CultureInfo.InvariantCulture, $";38;5;{style.Colour}");
        }

        Write(codes.Append('m').ToString());
    }

    private static IEnumerable<(StyleKind Weight, string Code)> Codes =>
    [
        (StyleKind.Bold, "1"), (StyleKind.Dim, "2"), (StyleKind.Italic, "3"), (StyleKind.Underline, "4"), (StyleKind.Reverse, "7"),
    ];

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);

    private static bool HasDoubtful(ReadOnlySpan<Cell> cells)
    {
        foreach (Cell cell in cells)
        {
            if (cell.IsDoubtful)
            {
                return true;
            }
        }

        return false;
    }

    private static string Place(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"\e[{row + 1};{column + 1}H");
}
