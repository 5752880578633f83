using System.Text;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Core.Text;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/topic</c>: what the room is about. With a text: says so, if one may.</summary>
internal sealed class TopicCommand() : LinesCommand("/topic [text]", "show or set the topic of the room")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => argument.IsEmpty ? ShowAsync(session, cancellationToken) : SetAsync(session, Encoding.UTF8.GetString(argument), cancellationToken);

    private static async ValueTask<bool> ShowAsync(LinesSession session, CancellationToken cancellationToken)
    {
        if (await session.LookAsync(new FindRoom(session.Room), cancellationToken) is not { } room)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else if (room.Topic is { } topic)
        {
            session.Reply(output => LinesWriter.Topic(output, TextFormatting.Remove(topic.Text)));
        }
        else
        {
            session.Reply(LinesWriter.NoTopic);
        }

        return true;
    }

    private static async ValueTask<bool> SetAsync(LinesSession session, string topic, CancellationToken cancellationToken)
    {
        var room = session.Room;
        var verdict = await session.AskAsync(new SetTopic(room, topic), cancellationToken);
        if (verdict == Verdict.NotOperator)
        {
            session.Reply(output => LinesWriter.TopicIsForOperators(output, room.Value));
        }
        else if (verdict is Verdict.NotInRoom or Verdict.NoSuchRoom)
        {
            session.Reply(LinesWriter.InNoRoom);
        }
        else if (verdict != Verdict.Accepted)
        {
            session.Reply(output => LinesRefusals.Write(output, new Decision(verdict), room.Value));
        }

        return true;
    }
}
