using System.Text;
using Parley.Core.Text;

namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Text as a search in the conversation compares it: letters as the server's search folds them (ß is ss), all other characters as they are.</summary>
internal static class SearchText
{
    /// <summary>Folds a text, character by character as people see them.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = CellText.LengthAt(text, at);
            folded.Append(FoldCharacter(text.Substring(at, length)));
            at += length;
        }

        return folded.ToString();
    }

    /// <summary>Folds one character; the result has at least one.</summary>
    public static string FoldCharacter(string character)
    {
        if (Ascii.IsValid(character))
        {
            return character.ToLowerInvariant();
        }

        string folded = FoldedText.Of(character).Replace(" ", "", StringComparison.Ordinal);
        return folded.Length > 0 ? folded : character;
    }
}
