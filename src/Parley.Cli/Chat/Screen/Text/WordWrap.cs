namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Cuts a line of cells into rows at its spaces, so that words, and with them links, stay whole where they can.</summary>
/// <remarks>
/// Between wide characters a row may end too: Chinese and Japanese write without spaces. What is wider than a row starts
/// on a row of its own and is cut where that ends.
/// </remarks>
internal static class WordWrap
{
    /// <summary>At least one row, none wider than <paramref name="width"/> unless a single character is.</summary>
    /// <param name="cells">The line.</param>
    /// <param name="width">Cells in a row.</param>
    /// <param name="indent">Blank cells before each row but the first; none where that would leave too little.</param>
    public static IReadOnlyList<IReadOnlyList<Cell>> Rows(IEnumerable<Cell> cells, int width, int indent)
    {
        var wrap = new Wrapping(width, indent * 3 < width ? indent : 0);
        foreach (Cell cell in cells)
        {
            wrap.Add(cell);
        }

        return wrap.End();
    }

    private sealed class Wrapping(int width, int indent)
    {
        private readonly List<IReadOnlyList<Cell>> _rows = [];
        private readonly List<Cell> _word = [];
        private List<Cell> _row = [];
        private int _rowWidth;
        private int _wordWidth;
        private bool _isRowEmpty = true;

        public void Add(Cell cell)
        {
            if (cell.IsSpace)
            {
                EndWord();
                AddSpace(cell);
                return;
            }

            if (cell.Width > 1)
            {
                EndWord();
            }

            _word.Add(cell);
            _wordWidth += cell.Width;
            if (cell.Width > 1)
            {
                EndWord();
            }
        }

        public List<IReadOnlyList<Cell>> End()
        {
            EndWord();
            if (!_isRowEmpty || _rows.Count == 0)
            {
                _rows.Add(_row);
            }

            return _rows;
        }

        // A space that does not fit is what the row ends at; at the start of a further row there is none.
        private void AddSpace(Cell space)
        {
            if (_rowWidth < width && (!_isRowEmpty || _rows.Count == 0))
            {
                AddToRow(space);
            }
        }

        private void EndWord()
        {
            if (_wordWidth > width - _rowWidth && !_isRowEmpty)
            {
                EndRow();
            }

            foreach (Cell cell in _word)
            {
                if (cell.Width > width - _rowWidth && !_isRowEmpty)
                {
                    EndRow();
                }

                AddToRow(cell);
            }

            _word.Clear();
            _wordWidth = 0;
        }

        private void AddToRow(Cell cell)
        {
            _row.Add(cell);
            _rowWidth += cell.Width;
            _isRowEmpty = false;
        }

        private void EndRow()
        {
            _rows.Add(_row);
            _row = [.. Enumerable.Repeat(Cell.Blank, indent)];
            _rowWidth = indent;
            _isRowEmpty = true;
        }
    }
}
