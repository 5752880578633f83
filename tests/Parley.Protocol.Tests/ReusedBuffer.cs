using System.Buffers;

namespace Parley.Protocol.Tests;

/// <summary>An output that is overwritten again and again, so that only the writer under test can allocate.</summary>
internal sealed class ReusedBuffer : IBufferWriter<byte>
{
    private readonly byte[] _bytes = new byte[4096];

    public long Written { get; private set; }

    public void Advance(int count) => Written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes;

    public Span<byte> GetSpan(int sizeHint = 0) => _bytes;
}
