using System.Buffers;
using System.Text;
using Parley.Core.Events;

namespace Parley.Server.Irc.Multiline;

/// <summary>A message of several lines while it comes in.</summary>
/// <param name="reference">What the client calls it.</param>
/// <param name="target">Whom it is to.</param>
/// <param name="tags">Its tags for other clients.</param>
/// <param name="label">What the client knows its answer by; null for nothing.</param>
/// <param name="opened">When it began, as a timestamp.</param>
internal sealed class MultilineBatch(string reference, string target, ReadOnlyMemory<byte> tags, string? label, long opened)
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<int> _joints = [];
    private int _lines;

    public string Reference { get; } = reference;

    public string Target { get; } = target;

    public ReadOnlyMemory<byte> Tags { get; } = tags;

    public string? Label { get; } = label;

    public long Opened { get; } = opened;

    /// <summary>True if it is a message or a notice; null before its first line.</summary>
    public MessageKind? Kind { get; private set; }

    /// <summary>True if something was wrong with it: what still comes of it is ignored.</summary>
    public bool HasFailed { get; set; }

    /// <summary>All of it.</summary>
    public byte[] Text => _text.WrittenSpan.ToArray();

    /// <summary>Where in its text a line came that goes on where the one before ended.</summary>
    public IReadOnlyList<int> Joints => _joints;

    public bool IsBlank => _text.WrittenSpan.IndexOfAnyExcept((byte)'\n') < 0;

    /// <summary>Adds a line. Null if that is all right; otherwise what is wrong: a code, its parameters, and words for people.</summary>
    /// <param name="kind">Whether the line is a message or a notice.</param>
    /// <param name="to">Whom it says it is to.</param>
    /// <param name="line">Its text.</param>
    /// <param name="isConcat">Whether it goes on where the last one ended.</param>
    public (string Code, string Context, string Words)? Add(MessageKind kind, string to, string line, bool isConcat)
    {
        if (kind != (Kind ?? kind) || kind == MessageKind.Tags)
        {
            return ("MULTILINE_INVALID", "", "A batch has lines of PRIVMSG only, or of NOTICE only");
        }

        if (!string.Equals(to, Target, StringComparison.OrdinalIgnoreCase))
        {
            return ("MULTILINE_INVALID_TARGET", $"{Target} {(to.Length == 0 ? "*" : to)}", "All lines of a batch have its target");
        }

        if (isConcat && (line.Length == 0 || _lines == 0))
        {
            return ("MULTILINE_INVALID", "", "A line that goes on must have text, and another before it");
        }

        if (++_lines > MultilineLimits.MaxLines)
        {
            return ("MULTILINE_MAX_LINES", $"{MultilineLimits.MaxLines}", $"A message has {MultilineLimits.MaxLines} lines at most");
        }

        if (isConcat)
        {
            _joints.Add(_text.WrittenCount);
        }
        else if (_lines > 1)
        {
            _text.Write("\n"u8);
        }

        Kind = kind;
        Encoding.UTF8.GetBytes(line, _text);
        return _text.WrittenCount > MultilineLimits.MaxBytes
            ? ("MULTILINE_MAX_BYTES", $"{MultilineLimits.MaxBytes}", $"A message has {MultilineLimits.MaxBytes} bytes at most")
            : null;
    }
}
