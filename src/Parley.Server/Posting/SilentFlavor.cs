using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Server.Posting;

/// <summary>Shows a session nothing: for those who only speak.</summary>
internal class SilentFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
    }

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output)
    {
    }

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output)
    {
    }

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
    {
    }

    public override void EncodeMissed(long count, IBufferWriter<byte> output)
    {
    }

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
    {
    }

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
    }
}
