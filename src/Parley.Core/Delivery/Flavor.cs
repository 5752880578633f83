using System.Buffers;
using Parley.Core.Events;

namespace Parley.Core.Delivery;

/// <summary>
/// Encoding of what sessions are shown: a dialect, together with the options that change its bytes. A room encodes each
/// event once per flavor in use, whatever the number of members.
/// </summary>
/// <remarks>
/// Sessions that shall share bytes MUST share the instance: flavors are compared by reference. The methods run on any
/// thread, under a room's lock: they MUST NOT block, throw, call back into the core, or complete a task. Writing nothing is how a
/// flavor leaves something out.
/// </remarks>
public abstract class Flavor
{
    /// <summary>True if it never writes anything, so that nobody has to be given it.</summary>
    public virtual bool IsSilent => false;

    /// <summary>Encodes an event of a room for all of its members who share the flavor.</summary>
    public abstract void Encode(RoomEvent entry, IBufferWriter<byte> output);

    /// <summary>Encodes something for one session alone.</summary>
    public abstract void EncodeFor(Shown what, IBufferWriter<byte> output);
}
