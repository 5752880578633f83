namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Content of one screen cell: a character as people see it, which may consist of several Unicode characters.</summary>
/// <param name="Text">The character; empty in the cells that a wide one covers besides its first.</param>
/// <param name="Width">How many cells it covers; 0 where <paramref name="Text"/> is empty.</param>
/// <param name="Style">How it looks.</param>
internal readonly record struct Cell(string Text, int Width, Style Style)
{
    public static Cell Blank { get; } = new(" ", 1, default);

    /// <summary>True if terminals differ about how wide it is, so that what follows it must be put in its place expressly.</summary>
    // They agree about the single characters that Chinese, Japanese and Korean are written with; not about pictographs, which
    // are two chars or more, nor about anything that is joined.
    public bool IsDoubtful => Text.Length > 1;

    public bool IsSpace => Text == " ";
}
