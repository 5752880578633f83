namespace Parley.Server.Tests.Support;

/// <summary>Looks at the TLS records that go by towards the client: each begins with its type, two bytes of version and two of length.</summary>
internal sealed class RecordTypes(Stream below) : Stream
{
    private readonly List<byte> _header = [];
    private int _rest;

    /// <summary>The type of the newest.</summary>
    public byte Last { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var length = await below.ReadAsync(buffer, cancellationToken);
        foreach (var value in buffer.Span[..length])
        {
            Look(value);
        }

        return length;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => below.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        below.Dispose();
        base.Dispose(disposing);
    }

    private void Look(byte value)
    {
        if (_rest > 0)
        {
            _rest--;
            return;
        }

        _header.Add(value);
        if (_header.Count == 5)
        {
            Last = _header[0];
            _rest = (_header[3] << 8) | _header[4];
            _header.Clear();
        }
    }
}
