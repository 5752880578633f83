using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Server.Irc;

/// <summary>What happens in rooms, for all clients that agree in the capabilities that change its bytes.</summary>
internal sealed class IrcFlavor(IrcCapabilities capabilities, string serverName) : Flavor
{
    private readonly IrcEvents _events = new(capabilities, serverName);

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => _events.Write(entry, output);

    // What one client alone is shown, its own flavor writes.
    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output) => throw Private();

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output) => throw Private();

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output) => throw Private();

    public override void EncodeMissed(long count, IBufferWriter<byte> output) => throw Private();

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output) => throw Private();

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => throw Private();

    private static InvalidOperationException Private() => new("This is shown by the session's own flavor");
}
