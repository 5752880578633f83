using System.Buffers;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>The server as somebody who does things in rooms: it gives ranks by role, and does what those who run it ask for.</summary>
internal static class Services
{
    /// <summary>The name under which it does so; no user can wear it.</summary>
    public const string Name = "ChanServ";

    /// <summary>The author of what it does, to those who are told.</summary>
    public static Actor Actor { get; } = new(0, new UserName(Name), new UserProfile { Ident = Name, Host = "services" });

    /// <summary>A session that is in no room, and is sent nothing.</summary>
    public static Session CreateSession(TimeProvider time)
    {
        var profile = new UserProfile { Ident = Name, Host = "services", Rights = ServerRights.All };
        return new Session(new Silence(), new OutboxOptions())
        {
            User = new User(id: 0, UserName.TryParse(Name, out var name) ? name : default, profile, time.GetUtcNow()),
        };
    }

    private sealed class Silence : Flavor
    {
        public override void Encode(RoomEvent entry, IBufferWriter<byte> output)
        {
        }

        public override void EncodeFor(Shown what, IBufferWriter<byte> output)
        {
        }
    }
}
