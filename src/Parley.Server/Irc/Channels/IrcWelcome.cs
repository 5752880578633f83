using System.Buffers;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Marks;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary>Writes what a client is shown of its own arrival in a room: its JOIN, the topic, and who is there.</summary>
internal static class IrcWelcome
{
    /// <summary>Writes the arrival in a room that another session of the client's user has entered. What has to be looked up for it follows.</summary>
    public static void WriteTakenAlong(IrcSession session, IRoomView room, Actor self, IBufferWriter<byte> output)
    {
        var knowsMarker = !session.Has(IrcCapabilities.ReadMarker) || session.Context.ReadMarkers.Known(session.Session.User!, $"#{room.Name.Value}") is not null;
        Write(session, room, self, response: null, output, withMarker: knowsMarker);
        if (!knowsMarker)
        {
            _ = IrcEntry.TellMarkerAsync(session, room.Name);
        }

        if (session.Has(IrcCapabilities.AnyMetadata))
        {
            session.Events.Begin(session.Context.Time.GetUtcNow(), default, output);
            output.WriteIrc($"{MetadataSync.Later(session, $"#{room.Name.Value}")}");
        }
    }

    /// <param name="session">The client.</param>
    /// <param name="room">The room.</param>
    /// <param name="self">Its user.</param>
    /// <param name="response">The tag that says what this answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="withMarker">Whether it says up to where the user has read.</param>
    public static void Write(IrcSession session, IRoomView room, Actor self, string? response, IBufferWriter<byte> output, bool withMarker = true)
    {
        var events = session.Events;
        var now = session.Context.Time.GetUtcNow();
        var channel = $"#{room.Name.Value}";
        events.Begin(now, self, output, response);
        if (session.Has(IrcCapabilities.ExtendedJoin))
        {
            var account = self.Profile.Account.IsEmpty ? "*" : self.Profile.Account.Value;
            output.WriteIrc($":{IrcEvents.Source(self)} JOIN {channel} {account} :{IrcEvents.RealName(self)}");
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

        if (withMarker && session.Has(IrcCapabilities.ReadMarker))
        {
            events.Begin(now, default, output, response);
            var marker = session.Arriving == room.Name ? session.ArrivingMarker : session.Context.ReadMarkers.Known(session.Session.User!, channel);
            output.WriteIrc($":{session.Context.ServerName} {ReadMarkers.Line(channel, marker)}");
        }

        if (!session.Has(IrcCapabilities.AnyNoImplicitNames))
        {
            WriteNames(session, room, now, response, output);
        }
    }

    /// <summary>Writes the members of a room, in as many lines as it takes, and the line that ends them.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="room">The room.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="response">The tag that says what this answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void WriteNames(IrcSession session, IRoomView room, DateTimeOffset now, string? response, IBufferWriter<byte> output)
    {
        var tags = new ArrayBufferWriter<byte>(64);
        session.Events.Begin(now, default, tags, response);
        var words = new IrcWords(output, $":{session.Context.ServerName} 353 {session.Nick} {NamesOf(room)}") { Tags = tags.WrittenSpan };
        foreach (var word in Members(session, room))
        {
            words.Add(word);
        }

        words.End();
        session.Events.Begin(now, default, output, response);
        output.WriteIrc($":{session.Context.ServerName} {IrcNumeric.RPL_ENDOFNAMES} {session.Nick} #{room.Name.Value} :End of /NAMES list");
    }

    /// <summary>Answers who is in a room, in pieces.</summary>
    /// <inheritdoc cref="WriteNames"/>
    public static async ValueTask AnswerNamesAsync(IrcSession session, IRoomView room, CancellationToken cancellationToken)
    {
        var before = NamesOf(room);
        var maxBytes = IrcFramer.MaxBodyBytes - $":{session.Context.ServerName} 353 {session.Nick} {before}".Length;
        using var lines = IrcLists.Pack(Members(session, room), maxBytes).GetEnumerator();
        await session.AnswerInSlicesAsync(
            _ =>
            {
                for (var i = 0; i < AnswerTurns.SliceSize; i++)
                {
                    if (!lines.MoveNext())
                    {
                        return new(false);
                    }

                    session.Numeric(IrcNumeric.RPL_NAMREPLY, before + lines.Current);
                }

                return new(true);
            },
            cancellationToken);
        session.Numeric(IrcNumeric.RPL_ENDOFNAMES, $"#{room.Name.Value} :End of /NAMES list");
    }

    /// <summary>Returns the text before the names in each line: the visibility and the name of the room.</summary>
    private static string NamesOf(IRoomView room)
    {
        var visibility = room.Flags.Contains(RoomMode.Secret) ? '@' : room.Flags.Contains(RoomMode.Private) ? '*' : '=';
        return $"{visibility} #{room.Name.Value} :";
    }

    private static IEnumerable<string> Members(IrcSession session, IRoomView room)
        => from member in room.Members
           let prefix = IrcRoomModes.Prefix(member.Rank, session.Has(IrcCapabilities.MultiPrefix))
           select prefix + (session.Has(IrcCapabilities.UserhostInNames) ? IrcEvents.Source(member.Actor) : member.Actor.Name.Value);
}
