using System.Buffers;
using Parley.Protocol.Framing;
using Parley.Protocol.Lines;

namespace Parley.Cli.Chat;

/// <summary>Writes the server's lines to the screen in UTF-8, in one write for those that came together.</summary>
/// <remarks>MUST: no control character of a line but the tab reaches the screen; what others write must not drive a terminal.</remarks>
internal sealed class ScreenWriter
{
    // Enough to make one write of a burst, small enough to show a long list while it comes.
    private const int FlushAtBytes = 32 * 1024;

    private readonly Stream _output;
    private readonly bool _dimNotices;
    private readonly ArrayBufferWriter<byte> _pending = new();

    /// <param name="output">The screen.</param>
    /// <param name="dimNotices">Whether what the server says itself is dimmed, so that what people say stands out.</param>
    public ScreenWriter(Stream output, bool dimNotices)
    {
        _output = output;
        _dimNotices = dimNotices;
    }

    /// <summary>Adds one line; it is shown with the next flush at the latest.</summary>
    /// <exception cref="ScreenException">The screen cannot be written to.</exception>
    public async ValueTask WriteAsync(string line)
    {
        bool dim = _dimNotices && IsNotice(line);
        if (dim)
        {
            _pending.Write("\e[2m"u8);
        }

        Utf8Text.WriteWithoutControls(line, _pending);
        _pending.Write(dim ? "\e[0m\n"u8 : "\n"u8);
        if (_pending.WrittenCount >= FlushAtBytes)
        {
            await FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Shows every line written so far.</summary>
    /// <exception cref="ScreenException">The screen cannot be written to.</exception>
    public async ValueTask FlushAsync()
    {
        if (_pending.WrittenCount == 0)
        {
            return;
        }

        try
        {
            await _output.WriteAsync(_pending.WrittenMemory).ConfigureAwait(false);
            await _output.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ScreenException(e);
        }

        _pending.ResetWrittenCount();
    }

    // Help, answers, who comes and goes. Not that messages were missed: that is to be seen.
    private static bool IsNotice(string line) =>
        ServerLineParser.Parse(line).Kind is not (ServerLineKind.Message or ServerLineKind.Action or ServerLineKind.DirectFrom
            or ServerLineKind.DirectTo or ServerLineKind.Dropped);
}
