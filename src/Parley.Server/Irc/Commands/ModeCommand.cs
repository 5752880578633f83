using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>MODE nick [modes]</c> or <c>MODE #room modes [arguments]</c>: what is set (https://modern.ircdocs.horse/#mode-message).</summary>
internal sealed class ModeCommand() : IrcCommand("MODE", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!IrcChannel.TryParse(request[0], out var room))
        {
            return await IrcUserModes.RunAsync(session, request, cancellationToken);
        }

        var changes = from change in IrcModeParser.Parse(request[1], request.Parameters[Math.Min(2, request.Count)..], IrcRoomModes.Classes)
                      where change.Kind == IrcModeChangeKind.Change
                      select new RoomModeChange(change.IsAdding, IrcRoomModes.ModeOf(change.Mode), change.Argument);
        session.AnswersFollow();
        if (await session.Broker.ChangeModesAsync(session.Session, room, [.. changes], cancellationToken) is null)
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{request[0]} :No such channel");
        }

        return true;
    }
}
