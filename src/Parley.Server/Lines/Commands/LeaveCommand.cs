using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/leave [room]</c>: leaves a room, the one that the line is about unless another is named, for no other.</summary>
internal sealed class LeaveCommand() : LinesCommand("/leave [room]", "leave a room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var room = session.Room;
        if (!argument.IsEmpty && !RoomName.TryParse(argument, out room))
        {
            session.Reply(LinesWriter.BadRoom);
            return new(true);
        }

        if (!room.IsEmpty)
        {
            return session.LeaveAsync(room, cancellationToken);
        }

        session.Reply(LinesWriter.InNoRoom);
        return new(true);
    }
}
