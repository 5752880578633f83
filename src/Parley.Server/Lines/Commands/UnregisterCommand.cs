using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/unregister {room}</c>: ends the registration of a room, whose name says that it is meant.</summary>
internal sealed class UnregisterCommand() : LinesCommand("/unregister {room}", "keep a room of yours no more")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (RoomName.TryParse(LinesParser.TakeWord(ref argument), out var room) && argument.IsEmpty)
        {
            return session.ChangeRoomAsync(new UnregisterRoom(room), room, cancellationToken, $"{room} is registered no more");
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }
}
