using System.Runtime.CompilerServices;

namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#message-format, RFC 2812 section 2.3.1
//
// message     = ["@" tags 1*SP] *SP [":" source 1*SP] command *14( 1*SP middle ) [1*SP [":"] trailing] *SP
// tags        = *OCTET-EXCEPT-SP                  ; see IrcTags; only as the first byte of the line
// source      = *OCTET-EXCEPT-SP
// command     = 1*OCTET-EXCEPT-SP
// middle      = OCTET-EXCEPT-SP-COLON *OCTET-EXCEPT-SP
// trailing    = *OCTET                            ; the colon may be left out only of the fifteenth

/// <summary>One message, parsed in place: its parts are slices of the line.</summary>
/// <remarks>A trailing parameter is a parameter like any other: nothing tells whether it had a colon.</remarks>
public readonly ref struct IrcMessage
{
    /// <summary>The most parameters a message has; the last of so many takes the rest of the line.</summary>
    public const int MaxParameters = 15;

    private const byte Space = (byte)' ';

    private readonly ReadOnlySpan<byte> _line;
    private readonly Slices _parameters;

    private IrcMessage(ReadOnlySpan<byte> line)
    {
        _line = line;
        var at = 0;
        if (line is [(byte)'@', ..])
        {
            Tags = new IrcTags(TakeWord(ref at)[1..]);
        }

        SkipSpaces(ref at);
        if (at < line.Length && line[at] == ':')
        {
            Source = TakeWord(ref at)[1..];
            SkipSpaces(ref at);
        }

        Command = TakeWord(ref at);
        for (SkipSpaces(ref at); at < line.Length; SkipSpaces(ref at))
        {
            var hasColon = line[at] == ':';
            var start = hasColon ? at + 1 : at;
            if (hasColon || ParameterCount == MaxParameters - 1)
            {
                at = line.Length;
            }
            else
            {
                TakeWord(ref at);
            }

            _parameters[ParameterCount++] = (start, at - start);
        }
    }

    /// <summary>The tags, or none.</summary>
    public IrcTags Tags { get; }

    /// <summary>Where the message says it comes from, without its colon; clients must not send one, and servers ignore it.</summary>
    public ReadOnlySpan<byte> Source { get; }

    /// <summary>The command or numeric, spelled as it came; commands are compared without case.</summary>
    public ReadOnlySpan<byte> Command { get; }

    /// <summary>Number of parameters, at most <see cref="MaxParameters"/>.</summary>
    public int ParameterCount { get; }

    /// <summary>A parameter, counted from 0, without its colon; it may be empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, ParameterCount);
            var (start, length) = _parameters[index];
            return _line.Slice(start, length);
        }
    }

    /// <summary>Parses a line without its ending; false when there is no command in it, as in an empty one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out IrcMessage message)
    {
        message = new IrcMessage(line);
        return !message.Command.IsEmpty;
    }

    /// <summary>A parameter, counted from 0, or empty when there are not so many.</summary>
    public ReadOnlySpan<byte> Parameter(int index) => index < ParameterCount ? this[index] : default;

    private ReadOnlySpan<byte> TakeWord(scoped ref int at)
    {
        var rest = _line[at..];
        var end = rest.IndexOf(Space);
        var word = end < 0 ? rest : rest[..end];
        at += word.Length;
        return word;
    }

    private void SkipSpaces(scoped ref int at)
    {
        while (at < _line.Length && _line[at] == Space)
        {
            at++;
        }
    }

    [InlineArray(MaxParameters)]
    private struct Slices
    {
        private (int Start, int Length) _first;
    }
}
