namespace Parley.Protocol.Lines;

/// <summary>One line from a lines client: a command, or text for the room.</summary>
public readonly ref struct LinesRequest
{
    internal LinesRequest(ReadOnlySpan<byte> text)
    {
        Text = text;
    }

    internal LinesRequest(ReadOnlySpan<byte> text, ReadOnlySpan<byte> command, ReadOnlySpan<byte> argument)
    {
        Text = text;
        IsCommand = true;
        Command = command;
        Argument = argument;
    }

    /// <summary>True if the line starts with a slash, and only one.</summary>
    public bool IsCommand { get; }

    /// <summary>The word after the slash, such as <c>join</c>; empty for a slash alone.</summary>
    public ReadOnlySpan<byte> Command { get; }

    /// <summary>Text after the command, without the spaces around it.</summary>
    public ReadOnlySpan<byte> Argument { get; }

    /// <summary>The whole line; of text that begins with two slashes, from the second on.</summary>
    public ReadOnlySpan<byte> Text { get; }
}
