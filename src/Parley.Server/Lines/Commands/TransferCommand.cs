using System.Text;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/transfer {account} {room}</c>: gives a room another founder; its name says that it is meant.</summary>
internal sealed class TransferCommand() : LinesCommand("/transfer {account} {room}", "give a room of yours to another")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var account = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (RoomName.TryParse(LinesParser.TakeWord(ref argument), out var room) && argument.IsEmpty)
        {
            return TransferAsync(session, account, room, cancellationToken);
        }

        session.Reply(output => LinesWriter.Usage(output, Usage));
        return new(true);
    }

    private static async ValueTask<bool> TransferAsync(LinesSession session, string account, RoomName room, CancellationToken cancellationToken)
        => await session.FindAccountAsync(account, cancellationToken) is not { } founder
            || await session.ChangeRoomAsync(new TransferRoom(room, founder), room, cancellationToken, $"{room} belongs to {founder.Name} now");
}
