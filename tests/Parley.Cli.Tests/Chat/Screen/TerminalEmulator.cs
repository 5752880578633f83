using System.Globalization;
using Parley.Cli.Chat.Screen.Text;

namespace Parley.Cli.Tests.Chat.Screen;

/// <summary>As much of a terminal as the client makes use of.</summary>
internal sealed class TerminalEmulator(int columns, int rows)
{
    private readonly string[,] _cells = new string[rows, columns];
    private int _row;
    private int _column;

    public bool IsCursorVisible { get; private set; } = true;

    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>Codes of the styles that were set, in order.</summary>
    public List<string> Styles { get; } = [];

    public int Written { get; private set; }

    public string[] Rows() =>
    [
        .. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column => _cells[row, column] ?? " ")).TrimEnd()),
    ];

    public void Write(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (text[at] == '\e' && text[at + 1] == ']')
            {
                at = text.IndexOf("\e\\", at, StringComparison.Ordinal) + 2;
            }
            else if (text[at] == '\e')
            {
                int end = at + 2;
                while (text[end] is < '@' or > '~')
                {
                    end++;
                }

                Control(text[end], text[(at + 2)..end]);
                at = end + 1;
            }
            else if (text[at] == '\a')
            {
                at++;
            }
            else
            {
                int length = CellText.LengthAt(text, at);
                Put(text.Substring(at, length));
                at += length;
            }
        }
    }

    private void Put(string character)
    {
        Written++;
        int width = CellText.WidthOf(character);
        _cells[_row, _column] = character;
        for (int covered = 1; covered < width; covered++)
        {
            _cells[_row, _column + covered] = "";
        }

        _column += width;
    }

    private void Control(char final, string parameters)
    {
        switch (final, parameters)
        {
            case ('H', _):
                string[] place = parameters.Split(';');
                (_row, _column) = (Number(place[0]) - 1, Number(place[1]) - 1);
                break;
            case ('G', _):
                _column = Number(parameters) - 1;
                break;
            case ('J', "2"):
                Array.Clear(_cells);
                break;
            case ('K', "2"):
                for (int column = 0; column < columns; column++)
                {
                    _cells[_row, column] = " ";
                }

                break;
            case ('m', _):
                Styles.Add(parameters);
                break;
            case ('h' or 'l', "?25"):
                IsCursorVisible = final == 'h';
                break;
            case ('h' or 'l', "?2026"):
                break;
            default:
                throw new InvalidOperationException($"Not a sequence of the client's: {parameters}{final}");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
