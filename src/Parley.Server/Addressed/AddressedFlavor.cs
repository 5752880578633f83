using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Addressed;
using Parley.Protocol.Irc;

namespace Parley.Server.Addressed;

/// <summary>Events in the words of the addressed protocol, which knows messages from person to person and no rooms.</summary>
internal sealed class AddressedFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
    }

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output)
    {
    }

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output)
    {
        if (message.Draft.IsForClients)
        {
            return;
        }

        foreach (var line in new PlainLines(message.Text.Span))
        {
            if (message.Kind == MessageKind.Action)
            {
                AddressedWriter.ActionFrom(output, message.From.Name.Value, line);
            }
            else
            {
                AddressedWriter.From(output, message.From.Name.Value, line);
            }
        }
    }

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
    {
    }

    public override void EncodeMissed(long count, IBufferWriter<byte> output)
        => AddressedWriter.Dropped(output, count);

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
    {
    }

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => AddressedWriter.Refused(output);
}
