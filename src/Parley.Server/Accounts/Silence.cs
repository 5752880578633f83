using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Server.Accounts;

/// <summary>Shows nothing, and takes note of what a stand-in is to keep: where its session is, and which rules rooms have.</summary>
/// <param name="moved">Is told that the session is elsewhere, or goes by another name; null for nobody.</param>
/// <param name="ruled">Is told that a room has other rules, ranks or another name; null for nobody.</param>
internal sealed class Silence(Action? moved, Action<RoomName>? ruled) : Flavor
{
    public override bool IsSilent => true;

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
    {
        if (entry is ModesChanged or RegistrationChanged)
        {
            ruled?.Invoke(entry.Room);
        }
    }

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
        if (what is Welcome or RenamingTold or Told { Entry: UserRenamed })
        {
            moved?.Invoke();
        }
    }
}
