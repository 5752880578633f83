using System.Buffers;
using Parley.Core.Events;

namespace Parley.Core.Delivery;

/// <summary>Flavor of sessions that are at another node: it encodes nothing, as events go there as they are and are encoded for their readers there.</summary>
/// <param name="feed">The way to the node. Sessions of one node share the flavor.</param>
internal sealed class NodeFlavor(INodeFeed feed) : Flavor
{
    public INodeFeed Feed => feed;

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
    }
}
