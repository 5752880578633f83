using System.Text;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/uninvite {name}</c>: takes an operator's invitation back, which has not been used yet.</summary>
internal sealed class UninviteCommand() : LinesCommand("/uninvite {name}", "take an invitation back")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (word.Length == 0)
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        return RunAsync(session, word, cancellationToken);
    }

    private static async ValueTask<bool> RunAsync(LinesSession session, string whom, CancellationToken cancellationToken)
    {
        var room = session.Room;
        var verdict = UserName.TryParse(whom, out var name) ? await session.AskAsync(new WithdrawInvitation(room, name), cancellationToken) : Verdict.NotInvited;
        switch (verdict)
        {
            case Verdict.Accepted:
                session.Notify($"{whom} is asked into {room.Value} no more");
                break;
            case Verdict.NotInvited:
                session.Notify($"{whom} is not asked into {room.Value}: /invite shows who is");
                break;
            default:
                ModerationWords.Tell(session, verdict, room.Value, whom);
                break;
        }

        return true;
    }
}
