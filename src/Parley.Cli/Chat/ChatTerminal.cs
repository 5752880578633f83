using System.IO.Pipelines;

namespace Parley.Cli.Chat;

/// <summary>The terminal of a chat session: the user's input, the places for output, and the signal to leave.</summary>
/// <param name="Input">The user's lines, as bytes.</param>
/// <param name="Output">Where the server's lines go, and nothing else.</param>
/// <param name="Notices">Where everything else is told.</param>
/// <param name="Ended">Completes with the exit code once the user or the system wants the program gone.</param>
internal sealed record ChatTerminal(PipeReader Input, Stream Output, TextWriter Notices, Task<int> Ended)
{
    /// <summary>True if somebody sits at the keyboard.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>True if the input is a file or another program's, which says everything that it has to say whatever comes.</summary>
    public bool IsPipe { get; init; }

    /// <summary>The terminal's echo of what is typed; null where nobody sits at one.</summary>
    public ITerminalEcho? Echo { get; init; }

    /// <summary>True if the screen may be coloured.</summary>
    public bool HasColour { get; init; }
}
