using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;

namespace Parley.Core.Tests.Delivery;

/// <summary>Leaves out everything.</summary>
internal sealed class SilentFlavor : Flavor
{
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => output.GetSpan(100);

    public override void EncodeFor(Shown what, IBufferWriter<byte> output) => output.Advance(0);
}
