using System.Buffers;
using Parley.Core.Events;
using Parley.Specification;

namespace Parley.Core.Tests.Fixtures;

/// <summary>
/// Stands still while it encodes the event that is chosen, once. As flavors are called under the room's gate, that is
/// how a test holds a room's gate at a chosen point.
/// </summary>
internal sealed class HoldingFlavor(Hold hold, Func<RoomEvent, bool> chosen) : PlainFlavor
{
    private bool _done;

    /// <summary>Holds while the message with this text is put into the room.</summary>
    public static HoldingFlavor At(Hold hold, string text)
        => new(hold, entry => entry is MessagePosted posted && posted.Text.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(text)));

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        if (!_done && chosen(entry))
        {
            _done = true;
            hold.Pause();
        }

        base.Encode(entry, output);
    }
}
