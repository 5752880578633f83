using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;

namespace Parley.Server.Irc.Wire;

/// <summary>Encoder of the events in rooms, for all clients that agree in the capabilities that change its bytes, and in the frames these come in.</summary>
internal sealed class IrcFlavor(IrcEvents events, LineFraming? framing = null) : Flavor
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _lines;

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        if (framing is null)
        {
            events.Write(entry, output);
            return;
        }

        var lines = _lines ??= new ArrayBufferWriter<byte>(512);
        lines.ResetWrittenCount();
        events.Write(entry, lines);
        framing.Write(lines.WrittenSpan, output);
    }

    // What one client alone is shown, its own flavor writes.
    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
        => throw new InvalidOperationException("This is shown by the session's own flavor");
}
