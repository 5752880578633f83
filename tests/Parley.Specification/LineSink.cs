using System.Text;
using System.Threading.Channels;
using Parley.Core.Delivery;

namespace Parley.Specification;

/// <summary>The other end of a connection: what a client has been sent, line by line. Takes everything, unless told to take less.</summary>
public sealed class LineSink : IOutboxSink
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<byte> _begun = [];

    /// <summary>Bytes that it still takes; as with a socket, the outbox has to be resumed when that grows again.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether the connection is gone.</summary>
    public bool IsGone { get; set; }

    /// <summary>The lines it was sent, in order.</summary>
    public ChannelReader<string> Lines => _lines.Reader;

    /// <summary>What it was sent of a line that has not ended.</summary>
    public string Begun => Encoding.UTF8.GetString([.. _begun]);

    public int Write(ReadOnlySpan<byte> bytes)
    {
        if (IsGone)
        {
            return -1;
        }

        var taken = (int)Math.Min(bytes.Length, Room);
        Room -= taken;
        foreach (var one in bytes[..taken])
        {
            if (one == '\n')
            {
                _lines.Writer.TryWrite(Begun);
                _begun.Clear();
            }
            else
            {
                _begun.Add(one);
            }
        }

        return taken;
    }
}
