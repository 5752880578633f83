using System.Text.RegularExpressions;

namespace Parley.TestKit;

/// <summary>A letter as <see cref="MailServer"/> was handed it.</summary>
public sealed partial record ReceivedLetter
{
    /// <summary>The command that names the sender.</summary>
    public string From { get; init; } = "";

    /// <summary>The command that names the last reader.</summary>
    public string To { get; init; } = "";

    /// <summary>Headers and body, with line feeds.</summary>
    public string Text { get; init; } = "";

    /// <summary>True if nobody could read it on the way.</summary>
    public bool WasEncrypted { get; init; }

    /// <summary>The code that is in it.</summary>
    public string Code => CodeLine().Match(Text) is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException($"No code in: {Text}");

    [GeneratedRegex("The code is ([0-9A-Z-]{19})")]
    private static partial Regex CodeLine();
}
