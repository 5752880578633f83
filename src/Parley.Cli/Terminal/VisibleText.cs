using Parley.Protocol.Framing;

namespace Parley.Cli.Terminal;

/// <summary>Makes text from elsewhere safe to show on a terminal.</summary>
internal static class VisibleText
{
    /// <summary>The text with a <c>?</c> for every character that is unsafe on a terminal, and for the tab.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (visible, text) =>
    {
        for (int i = 0; i < visible.Length; i++)
        {
            visible[i] = text[i] == '\t' || Utf8Text.IsUnsafe(text[i]) ? '?' : text[i];
        }
    });
}
