namespace Parley.Cli.Chat.Screen.Model;

/// <summary>Whether somebody's name is said in a text.</summary>
internal static class Mention
{
    /// <summary>Whether the name stands in the text as a word of its own, in any spelling.</summary>
    public static bool IsIn(string text, string name)
    {
        if (name.Length == 0)
        {
            return false;
        }

        for (int at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + name.Length;
            if ((at == 0 || !IsNameChar(text[at - 1])) && (end == text.Length || !IsNameChar(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNameChar(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';
}
