using System.Text;
using Parley.Core.Events;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/unban {name}</c>, <c>/unmute {name}</c>: takes somebody off the room's list, by a name or mask that <c>/bans</c> shows.</summary>
internal sealed class UnbanCommand(string usage, string summary, bool isMute) : LinesCommand(usage, summary)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        if (argument.IsEmpty)
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        return RunAsync(session, Encoding.UTF8.GetString(argument), cancellationToken);
    }

    private async ValueTask<bool> RunAsync(LinesSession session, string whom, CancellationToken cancellationToken)
    {
        var room = session.Room;
        if (await session.LookAsync(new FindRoom(room), cancellationToken) is not { } view)
        {
            session.Reply(LinesWriter.InNoRoom);
            return true;
        }

        var changes = view.Masks(RoomMode.Ban)
            .Where(entry => entry.IsMute == isMute && !entry.IsOverAt(session.Now)
                && (entry.Name.Equals(whom, StringComparison.OrdinalIgnoreCase) || ModerationWords.MaskOf(entry).Equals(whom, StringComparison.OrdinalIgnoreCase)))
            .Select(entry => new RoomModeChange(IsAdding: false, RoomMode.Ban, entry.Mask))
            .ToList();
        if (changes.Count == 0)
        {
            session.Notify($"{whom} is not {(isMute ? "muted" : "banned")} in {room.Value}: /bans shows who is");
            return true;
        }

        if (await session.ChangeModesAsync(room, changes, cancellationToken) is { } refusal)
        {
            ModerationWords.Tell(session, refusal, room.Value, whom);
        }

        return true;
    }
}
