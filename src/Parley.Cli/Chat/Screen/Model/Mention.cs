using Parley.Core.Hooks;

namespace Parley.Cli.Chat.Screen.Model;

/// <summary>True if somebody's name is said in a text.</summary>
internal static class Mention
{
    /// <summary>True if the name stands in the text as a word of its own, in any spelling.</summary>
    public static bool IsIn(string text, string name) => name.Length > 0 && MentionWord.IsIn(text, name);
}
