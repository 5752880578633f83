using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/rooms</c>: the rooms there are, the fullest first.</summary>
internal sealed class RoomsCommand() : LinesCommand("/rooms", "list rooms")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => ListAsync(session, cancellationToken);

    private static async ValueTask<bool> ListAsync(LinesSession session, CancellationToken cancellationToken)
    {
        var rooms = await session.LookAsync(new ListRooms(), cancellationToken);
        session.Reply(output => LinesWriter.Rooms(
            output,
            rooms.OrderByDescending(room => room.Users).ThenBy(room => room.Name).Select(room => (room.Name.Value, room.Users))));
        return true;
    }
}
