using Parley.Core.Queries;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>LIST [#room{,#room}] [condition{,condition}]</c>: the rooms there are (https://modern.ircdocs.horse/#list-message).</summary>
internal sealed class ListCommand() : IrcCommand("LIST")
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var conditions = new IrcListConditions(request.Parameters.SelectMany(IrcTexts.List));
        var now = session.Context.Time.GetUtcNow();

        // To look through thousands of rooms, and to sort them, takes its time, which is not that of the loop that everybody is on.
        await Task.Yield();
        session.Numeric(IrcNumeric.RPL_LISTSTART, "Channel :Users  Name");
        foreach (var room in (await session.LookAsync(new ListRooms(), cancellationToken)).OrderBy(room => room.Name))
        {
            if (conditions.Allow(room, now))
            {
                session.Numeric(IrcNumeric.RPL_LIST, $"#{room.Name.Value} {room.Users} :{room.Topic?.Text}");
                await session.PieceAsync(cancellationToken);
            }
        }

        session.Numeric(IrcNumeric.RPL_LISTEND, ":End of /LIST");
        return true;
    }
}
