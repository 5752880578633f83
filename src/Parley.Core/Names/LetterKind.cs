namespace Parley.Core.Names;

/// <summary>Kinds of letters, as rules for names part them; the values are those of <c>Letters.txt</c>.</summary>
internal enum LetterKind
{
    /// <summary>Not a letter: punctuation of ASCII.</summary>
    Other = 0,

    /// <summary>A letter that is written from left to right.</summary>
    Left = 'l',

    /// <summary>A letter that is written from right to left.</summary>
    Right = 'r',

    /// <summary>A mark on the letter before.</summary>
    Mark = 'm',

    /// <summary>A decimal digit.</summary>
    Digit = 'd',
}
