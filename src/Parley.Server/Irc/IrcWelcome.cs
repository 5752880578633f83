using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;

namespace Parley.Server.Irc;

/// <summary>What a client is shown of its own arrival in a room: its JOIN, the topic, and who is there.</summary>
internal static class IrcWelcome
{
    /// <param name="session">The client.</param>
    /// <param name="room">The room.</param>
    /// <param name="self">Its user.</param>
    /// <param name="response">The tag that says what this answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(IrcSession session, IRoomView room, Actor self, string? response, IBufferWriter<byte> output)
    {
        var events = session.Events;
        var now = session.Context.Time.GetUtcNow();
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
            output.WriteIrc($":{session.Context.ServerName} {IrcNumeric.RPL_TOPIC} {session.Nick} {channel} :{topic.Text}");
            events.Begin(now, default, output, response);
            output.WriteIrc($":{session.Context.ServerName} {IrcNumeric.RPL_TOPICWHOTIME} {session.Nick} {channel} {topic.SetBy} {topic.Time.ToUnixTimeSeconds()}");
        }

        if (session.Has(IrcCapabilities.ReadMarker))
        {
            events.Begin(now, default, output, response);
            output.WriteIrc($":{session.Context.ServerName} {ReadMarkers.Line(channel, session.Context.ReadMarkers.Known(session.Session.User!, channel))}");
        }

        if (!session.Has(IrcCapabilities.NoImplicitNames))
        {
            WriteNames(session, room, isMember: true, now, response, output);
        }
    }

    /// <summary>Who is in a room, in as many lines as it takes, and the line that ends them.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="room">The room.</param>
    /// <param name="isMember">Whether it is in the room itself; others are not shown members who are invisible.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="response">The tag that says what this answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void WriteNames(
        IrcSession session, IRoomView room, bool isMember, DateTimeOffset now, string? response, IBufferWriter<byte> output)
    {
        var tags = new ArrayBufferWriter<byte>(64);
        session.Events.Begin(now, default, tags, response);
        var channel = $"#{room.Name.Value}";
        var visibility = room.Flags.Contains(RoomMode.Secret) ? '@' : room.Flags.Contains(RoomMode.Private) ? '*' : '=';
        var words = new IrcWords(output, $":{session.Context.ServerName} 353 {session.Nick} {visibility} {channel} :") { Tags = tags.WrittenSpan };
        foreach (var member in room.Members.Where(member => isMember || !member.Actor.Profile.IsInvisible))
        {
            var prefix = IrcRoomModes.Prefix(member.Rank, session.Has(IrcCapabilities.MultiPrefix));
            words.Add(prefix + (session.Has(IrcCapabilities.UserhostInNames) ? IrcEvents.Source(member.Actor) : member.Actor.Name.Value));
        }

        words.End();
        session.Events.Begin(now, default, output, response);
        output.WriteIrc($":{session.Context.ServerName} {IrcNumeric.RPL_ENDOFNAMES} {session.Nick} {channel} :End of /NAMES list");
    }
}
