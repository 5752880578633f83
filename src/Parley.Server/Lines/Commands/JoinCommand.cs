using System.Text;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/join {room} [key]</c>: leaves the room it is in for another, or with tags joins another, which is made if there is none.</summary>
internal sealed class JoinCommand() : LinesCommand("/join {room}", "joins room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (!RoomName.TryParse(LinesParser.TakeWord(ref argument), out var room))
        {
            session.Reply(LinesWriter.BadRoom);
            return new(true);
        }

        foreach (var joined in session.Session.Rooms)
        {
            if (joined == room)
            {
                ReplyIsIn(session, joined);
                return new(true);
            }
        }

        var key = argument.IsEmpty ? null : Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (!argument.IsEmpty)
        {
            session.Reply(LinesWriter.BadRoom);
            return new(true);
        }

        return key is null ? session.EnterAsync(room, key, cancellationToken) : EnterAsync(session, room, key, cancellationToken);
    }

    private static void ReplyIsIn(LinesSession session, RoomName room) => session.Reply(output => LinesWriter.YouAreIn(output, room.Value));

    /// <summary>A second word is a key where the room has one; elsewhere somebody has most likely written a name of two words.</summary>
    private static async ValueTask<bool> EnterAsync(LinesSession session, RoomName room, string key, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindRoom(room, key), cancellationToken) is { HasKey: true })
        {
            return await session.EnterAsync(room, key, cancellationToken);
        }

        session.Reply(LinesWriter.BadRoom);
        return true;
    }
}
