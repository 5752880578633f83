using System.Buffers;

namespace Parley.Cluster.Links;

/// <summary>Is given what comes over a link.</summary>
public interface IFrameReader
{
    /// <summary>Takes the next frame. Calls come one after the other, in the order of sending; the bytes are valid until it returns.</summary>
    void Received(ReadOnlySequence<byte> frame);
}
