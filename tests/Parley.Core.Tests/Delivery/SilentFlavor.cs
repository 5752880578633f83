using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Tests.Delivery;

/// <summary>Leaves out everything.</summary>
internal sealed class SilentFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => output.GetSpan(100);

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output) => output.GetSpan();

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output) => output.Advance(0);

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output) => output.Advance(0);

    public override void EncodeMissed(long count, IBufferWriter<byte> output) => output.Advance(0);

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
        => output.Advance(0);

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => output.Advance(0);
}
