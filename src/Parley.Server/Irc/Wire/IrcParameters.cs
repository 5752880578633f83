using System.Runtime.CompilerServices;

namespace Parley.Server.Irc.Wire;

/// <summary>
/// The parameters of an answer, as they read in the source. A word that a client gave and that cannot stand in the middle of
/// a line, because it is empty or begins with a colon, becomes <c>*</c>: a reader would otherwise count the parameters wrong.
/// </summary>
[InterpolatedStringHandler]
internal ref struct IrcParameters
{
    private DefaultInterpolatedStringHandler _text;
    private bool _isTrailing;
    private bool _isAtWordStart = true;
    private bool _isEmptyWord;

    public IrcParameters(int literalLength, int formattedCount)
    {
        _text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string literal)
    {
        if (literal is [' ', ..])
        {
            FillEmptyWord();
        }

        _isTrailing = _isTrailing || (_isAtWordStart && literal is [':', ..]) || literal.Contains(" :", StringComparison.Ordinal);
        _isAtWordStart = literal is [.., ' '];
        _isEmptyWord = false;
        _text.AppendLiteral(literal);
    }

    public void AppendFormatted(string? value)
    {
        if (_isTrailing || !_isAtWordStart)
        {
            _text.AppendFormatted(value);
            return;
        }

        if (string.IsNullOrEmpty(value))
        {
            // Only what follows shows whether it is a whole word.
            _isEmptyWord = true;
            return;
        }

        (_isAtWordStart, _isEmptyWord) = (value is [.., ' '], false);
        _text.AppendFormatted(value is [':', ..] ? "*" : value);
    }

    public void AppendFormatted<T>(T value)
    {
        (_isAtWordStart, _isEmptyWord) = (false, false);
        _text.AppendFormatted(value);
    }

    public void AppendFormatted<T>(T value, string? format)
    {
        (_isAtWordStart, _isEmptyWord) = (false, false);
        _text.AppendFormatted(value, format);
    }

    /// <summary>The text, once.</summary>
    public string ToStringAndClear()
    {
        FillEmptyWord();
        return _text.ToStringAndClear();
    }

    private void FillEmptyWord()
    {
        if (_isEmptyWord)
        {
            _text.AppendLiteral("*");
            _isEmptyWord = false;
        }
    }
}
