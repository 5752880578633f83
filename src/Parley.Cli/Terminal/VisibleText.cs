namespace Parley.Cli.Terminal;

/// <summary>What came from elsewhere, fit for a terminal.</summary>
internal static class VisibleText
{
    /// <summary>The text with a <c>?</c> for every control character.</summary>
    public static string Of(string text) => string.Create(text.Length, text, static (visible, text) =>
    {
        for (int i = 0; i < visible.Length; i++)
        {
            visible[i] = char.IsControl(text[i]) ? '?' : text[i];
        }
    });
}
