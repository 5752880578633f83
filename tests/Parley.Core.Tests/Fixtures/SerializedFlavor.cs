using System.Buffers;
using System.Runtime.CompilerServices;
using Parley.Core.Delivery;
using Parley.Core.Events;

namespace Parley.Core.Tests.Fixtures;

/// <summary>Encodes events that have come as bytes, as another flavor does.</summary>
internal sealed class SerializedFlavor(Flavor flavor) : Flavor
{
    private static readonly ConditionalWeakTable<Flavor, SerializedFlavor> All = [];

    /// <summary>The one that goes with a flavor: sessions that share that one share this one, too.</summary>
    public static SerializedFlavor Of(Flavor flavor) => All.GetValue(flavor, static flavor => new SerializedFlavor(flavor));

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => flavor.Encode(Bytes.Through(entry), output);

    public override void EncodeFor(Shown what, IBufferWriter<byte> output) => flavor.EncodeFor(Bytes.Through(what), output);
}
