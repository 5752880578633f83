using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>LIST [#room{,#room}] [condition{,condition}]</c>: the rooms there are (https://modern.ircdocs.horse/#list-message).</summary>
internal sealed class ListCommand() : IrcCommand(
    "LIST", "[#room{,#room}] [conditions]", "lists rooms; conditions are such as >3, <10, *mask*, C>60, T<60")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var conditions = new IrcListConditions(request.Parameters.SelectMany(IrcTexts.List));
        var now = session.Context.Time.GetUtcNow();

        session.Numeric(IrcNumeric.RPL_LISTSTART, "Channel :Users  Name");
        session.AnswersFollow();
        var last = default(RoomName);
        await session.AnswerInSlicesAsync(
            async token =>
            {
                var page = await session.LookAsync(new ListRooms(last, AnswerTurns.SliceSize), token);
                session.Numerics(
                    page.Items.Where(room => conditions.Allow(room, now)),
                    IrcNumeric.RPL_LIST,
                    static (room, head, output) => output.WriteIrc($"{head}#{room.Name.Value} {room.Users} :{room.Topic?.Text}"));
                last = page.Next;
                return !last.IsEmpty;
            },
            cancellationToken);
        session.Numeric(IrcNumeric.RPL_LISTEND, ":End of /LIST");
        return true;
    }
}
