namespace Parley.Cli.Terminal;

/// <summary>Standard output, or standard error, as bytes, with an action for each write that fails.</summary>
/// <remarks>
/// On Unix not the framework's streams: those get a terminal ready to read keys, with sequences that they write to it whatever else is to
/// be written, and pass over a closed pipe.
/// </remarks>
internal sealed class OutputStream : Stream
{
    private readonly int _descriptor;
    private readonly Stream? _console;
    private readonly Action<IOException> _onFailure;

    private OutputStream(int descriptor, Action<IOException> onFailure)
    {
        _descriptor = descriptor;
        _onFailure = onFailure;
        _console = !OperatingSystem.IsWindows() ? null : descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output; each failure is an <see cref="OutputException"/>, and a closed pipe as well.</summary>
    public static OutputStream OpenWhileRead() => new(1, static failure => throw new OutputException(failure));

    /// <summary>Standard output; each failure but a closed pipe is an <see cref="OutputException"/>: what a verb does is done to its end.</summary>
    public static OutputStream Open() => new(1, static failure =>
    {
        if (!OutputException.IsOfClosedPipe(failure))
        {
            throw new OutputException(failure);
        }
    });

    /// <summary>Standard error; of a failure there, nobody is left to be told.</summary>
    public static OutputStream OpenErrors() => new(2, static _ => { });

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            if (_console is null)
            {
                Descriptor.Write(_descriptor, buffer);
            }
            else
            {
                _console.Write(buffer);
            }
        }
        catch (IOException e)
        {
            _onFailure(e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back here.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
