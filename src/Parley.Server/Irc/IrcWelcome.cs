using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;

namespace Parley.Server.Irc;

/// <summary>What a client is shown of its own arrival in a room: its JOIN, the topic, and who is there.</summary>
internal static class IrcWelcome
{
    public static void Write(IrcSession session, IRoomView room, Actor self, IBufferWriter<byte> output)
    {
        var events = session.Events;
        var now = session.Context.Time.GetUtcNow();
        var response = session.ResponseTag;
        var channel = $"#{room.Name.Value}";
        events.Begin(now, self, output, response);
        if (session.Has(IrcCapabilities.ExtendedJoin))
        {
            var account = self.Profile.Account.IsEmpty ? "*" : self.Profile.Account.Value;
            output.WriteIrc($":{IrcEvents.Source(self)} JOIN {channel} {account} :{self.Profile.RealName}");
        }
        else
        {
            output.WriteIrc($":{IrcEvents.Source(self)} JOIN {channel}");
        }

        if (room.Topic is { } topic)
        {
            events.Begin(now, default, output, response);
            output.WriteIrc($":{IrcContext.ServerName} {IrcNumeric.RPL_TOPIC} {session.Nick} {channel} :{topic.Text}");
            events.Begin(now, default, output, response);
            output.WriteIrc($":{IrcContext.ServerName} {IrcNumeric.RPL_TOPICWHOTIME} {session.Nick} {channel} {topic.SetBy} {topic.Time.ToUnixTimeSeconds()}");
        }

        if (session.Has(IrcCapabilities.ReadMarker))
        {
            events.Begin(now, default, output, response);
            output.WriteIrc($":{IrcContext.ServerName} {ReadMarkers.Line(channel, session.Context.ReadMarkers.Known(session.Session.User!, channel))}");
        }

        if (!session.Has(IrcCapabilities.NoImplicitNames))
        {
            WriteNames(session, room, now, response, output);
        }
    }

    /// <summary>Who is in a room, in as many lines as it takes, and the line that ends them.</summary>
    public static void WriteNames(IrcSession session, IRoomView room, DateTimeOffset now, string? response, IBufferWriter<byte> output)
    {
        var tags = new ArrayBufferWriter<byte>(64);
        session.Events.Begin(now, default, tags, response);
        var channel = $"#{room.Name.Value}";
        var visibility = room.Flags.Contains(RoomMode.Secret) ? '@' : room.Flags.Contains(RoomMode.Private) ? '*' : '=';
        var words = new IrcWords(output, $":{IrcContext.ServerName} 353 {session.Nick} {visibility} {channel} :") { Tags = tags.WrittenSpan };
        foreach (var member in room.Members)
        {
            var prefix = IrcRoomModes.Prefix(member.Rank, session.Has(IrcCapabilities.MultiPrefix));
            words.Add(prefix + (session.Has(IrcCapabilities.UserhostInNames) ? IrcEvents.Source(member.Actor) : member.Actor.Name.Value));
        }

        words.End();
        session.Events.Begin(now, default, output, response);
        output.WriteIrc($":{IrcContext.ServerName} {IrcNumeric.RPL_ENDOFNAMES} {session.Nick} {channel} :End of /NAMES list");
    }
}
