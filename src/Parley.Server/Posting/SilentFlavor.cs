using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;

namespace Parley.Server.Posting;

/// <summary>Shows a session nothing: for those who only speak.</summary>
internal sealed class SilentFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
    }
}
