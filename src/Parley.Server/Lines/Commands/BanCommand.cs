using System.Text;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/ban {name} [time] [reason]</c>, <c>/mute {name} [time] [reason]</c>: keeps somebody out of the room, or silent there, if one may.</summary>
internal sealed class BanCommand(string usage, string summary, bool isMute) : LinesCommand(usage, summary)
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
    {
        var word = Encoding.UTF8.GetString(LinesParser.TakeWord(ref argument));
        if (word.Length == 0)
        {
            session.Reply(output => LinesWriter.Usage(output, Usage));
            return new(true);
        }

        if (!UserName.TryParse(word, out var name))
        {
            session.Reply(output => LinesWriter.NotHere(output, word));
            return new(true);
        }

        // What is no time begins the reason.
        var rest = argument;
        var first = Encoding.UTF8.GetString(LinesParser.TakeWord(ref rest));
        var isTime = BanTime.TryParse(first, out var time);
        if (!isTime && BanTime.LooksLike(first))
        {
            session.Notify($"'{first}' will not do: give {BanTime.Form}");
            return new(true);
        }

        return RunAsync(session, name, isTime ? time : null, Encoding.UTF8.GetString(isTime ? rest : argument), cancellationToken);
    }

    private async ValueTask<bool> RunAsync(LinesSession session, UserName name, TimeSpan? time, string reason, CancellationToken cancellationToken)
    {
        var room = session.Room;
        var verdict = await session.AskAsync(new BanFromRoom(room, name, session.Now + time, reason, isMute), cancellationToken);
        ModerationWords.Tell(session, verdict, room.Value, name.Value);
        return true;
    }
}
