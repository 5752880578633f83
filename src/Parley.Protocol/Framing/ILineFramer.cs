using System.Buffers;

namespace Parley.Protocol.Framing;

/// <summary>Takes lines off the front of what a connection brings in, however that is split; holds what it must remember in between.</summary>
public interface ILineFramer
{
    /// <summary>Takes the next line, its ending not included, or says what is there instead. Advances <paramref name="input"/> past what it has dealt with.</summary>
    FrameResult TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line);

    /// <summary>At the end of input: takes a last line that has no ending. False if there is none.</summary>
    bool TryReadRest(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line);

    /// <summary>Returns the bytes that are sent last of all, in framings that say goodbye; empty in others.</summary>
    /// <param name="isStopping">Whether the server stops, and ends this connection with all others.</param>
    byte[] Farewell(bool isStopping) => [];

    /// <summary>State of the stream beside the bytes that are left in the input, for <see cref="Restore"/>; null if nobody else can go on from here.</summary>
    byte[]? Save();

    /// <summary>Goes on where another framer of the same kind has stopped. Before anything is read.</summary>
    /// <param name="state">What that one has saved.</param>
    /// <exception cref="FormatException">It is nothing that such a framer saves.</exception>
    void Restore(ReadOnlySpan<byte> state);
}
