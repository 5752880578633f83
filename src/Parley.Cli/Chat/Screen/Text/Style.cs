namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Appearance of a character: its colour, its attributes and its link.</summary>
/// <param name="Colour">One of the terminal's 256 colours; 0 for its own.</param>
/// <param name="Weight">Any number of attributes.</param>
/// <param name="Link">What a click opens, if it is part of a link.</param>
internal readonly record struct Style(byte Colour = 0, StyleKind Weight = StyleKind.Plain, string? Link = null)
{
    public static Style Bold => new(Weight: StyleKind.Bold);

    public static Style Dim => new(Weight: StyleKind.Dim);

    public static Style Reverse => new(Weight: StyleKind.Reverse);

    public Style With(StyleKind weight) => this with { Weight = Weight | weight };
}

/// <summary>The attributes of a <see cref="Style"/>; they are there without colours, too.</summary>
[Flags]
internal enum StyleKind
{
    Plain = 0,
    Bold = 1,
    Dim = 2,
    Italic = 4,
    Underline = 8,
    Reverse = 16,
}
