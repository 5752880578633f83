using System.Text;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/invite {name}</c>: asks somebody into the room. Without a name: who has been asked in by an operator and has not come yet.</summary>
internal sealed class InviteCommand() : LinesCommand("/invite [name]", "ask somebody into the room, or show who is asked in")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        return word.Length == 0 ? ShowAsync(session, cancellationToken) : InviteAsync(session, word, cancellationToken);
    }

    private static async ValueTask<bool> ShowAsync(LinesSession session, CancellationToken cancellationToken)
    {
        var room = session.Room;
        if (await session.LookAsync(new ListGuests(room), cancellationToken) is { } guests)
        {
            foreach (var guest in guests)
            {
                session.Notify($"Asked in - {guest.Guest.Value}{(guest.Host.IsEmpty ? "" : $", by {guest.Host.Value}")}");
            }

            if (guests.Count == 0)
            {
                session.Notify($"Nobody is asked into {room.Value}");
            }
        }
        else
        {
            var isThere = await session.LookAsync(new FindRoom(room), cancellationToken) is not null;
            ModerationWords.Tell(session, isThere ? Verdict.NotOperator : Verdict.NotInRoom, room.Value, whom: "");
        }

        return true;
    }

    private static async ValueTask<bool> InviteAsync(LinesSession session, string whom, CancellationToken cancellationToken)
    {
        var room = session.Room;
        var verdict = UserName.TryParse(whom, out var name) ? await session.AskAsync(new Invite(room, name), cancellationToken) : Verdict.NotHere;
        switch (verdict)
        {
            case Verdict.Accepted:
                session.Notify($"{whom} is asked into {room.Value}");
                break;
            case Verdict.AlreadyInRoom:
                session.Notify($"{whom} is in {room.Value} already");
                break;
            case Verdict.MaySayNothing:
                session.Notify($"Whoever may not speak in {room.Value} asks nobody in");
                break;
            default:
                ModerationWords.Tell(session, verdict, room.Value, whom);
                break;
        }

        return true;
    }
}
