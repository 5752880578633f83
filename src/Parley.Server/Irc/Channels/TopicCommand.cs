using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary><c>TOPIC #room [:topic]</c>: what a room is about; says it, or asks (https://modern.ircdocs.horse/#topic-message).</summary>
internal sealed class TopicCommand() : IrcCommand("TOPIC", "#room [:topic]", "shows what a room is about, or changes it", minParameters: 1)
{
    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        var channel = request[0];
        if (request.Count > 1 && IrcChannel.TryParse(channel, out var room))
        {
            await SetAsync(session, room, channel, request[1], cancellationToken);
        }
        else if (await session.FindRoomAsync(channel, cancellationToken) is { } view)
        {
            Tell(session, view);
        }
        else
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHCHANNEL, $"{channel} :No such channel");
        }

        return true;
    }

    private static async ValueTask SetAsync(IrcSession session, RoomName room, string channel, string topic, CancellationToken cancellationToken)
    {
        var verdict = await session.AskAsync(new SetTopic(room, IrcTexts.Cut(topic, IrcLimits.Topic)), cancellationToken);
        session.Accepted(verdict, channel);
    }

    private static void Tell(IrcSession session, RoomView view)
    {
        var channel = $"#{view.Name.Value}";
        if (view.Topic is not { } topic)
        {
            session.Numeric(IrcNumeric.RPL_NOTOPIC, $"{channel} :No topic is set");
            return;
        }

        session.Numeric(IrcNumeric.RPL_TOPIC, $"{channel} :{topic.Text}");
        session.Numeric(IrcNumeric.RPL_TOPICWHOTIME, $"{channel} {topic.SetBy} {topic.Time.ToUnixTimeSeconds()}");
    }
}
