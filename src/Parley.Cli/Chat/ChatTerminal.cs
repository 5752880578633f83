using System.IO.Pipelines;

namespace Parley.Cli.Chat;

/// <summary>What a chat session has of the world besides its connection: keyboard, screen, and when to leave.</summary>
/// <param name="Input">The user's lines, as bytes.</param>
/// <param name="Output">Where the server's lines go, and nothing else.</param>
/// <param name="Notices">Where everything else is told.</param>
/// <param name="Ended">Completes with the exit code once the user or the system wants the program gone.</param>
internal sealed record ChatTerminal(PipeReader Input, Stream Output, TextWriter Notices, Task<int> Ended)
{
    /// <summary>Whether somebody sits at the keyboard.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether the screen may be coloured.</summary>
    public bool HasColour { get; init; }
}
