using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Metadata;

namespace Parley.Server.Irc;

/// <summary>What one client alone is shown by others and by the rooms it joins.</summary>
internal sealed class IrcPrivateFlavor(IrcSession session) : Flavor
{
    private IrcEvents Events => session.Events;

    /// <summary>Something about the client's own user, or about one that it watches.</summary>
    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => Write(entry, response: null, output);

    public override void EncodeWelcome(IRoomView room, Actor self, IBufferWriter<byte> output)
        => session.Show(output, (response, lines) => IrcWelcome.Write(session, room, self, response, lines));

    public override void EncodeOwn(RoomEvent entry, IBufferWriter<byte> output)
    {
        // That somebody was asked in is told to whoever asks by a numeric.
        if (entry is not UserInvited)
        {
            session.Show(output, (response, lines) => Write(entry, response, lines));
        }
    }

    /// <summary>To a client that knows no such thing, a room with another name is one left and another joined.</summary>
    public override void EncodeRenaming(RoomRenamed entry, IRoomView room, Actor self, bool isOwn, IBufferWriter<byte> output)
    {
        if (isOwn)
        {
            session.Show(output, (response, lines) => WriteRenaming(entry, room, self, response, lines));
        }
        else
        {
            WriteRenaming(entry, room, self, response: null, output);
        }
    }

    public override void EncodeEcho(MessagePosted message, IBufferWriter<byte> output)
        => Events.Write(message, message.Draft.Label, output);

    public override void EncodeDirect(DirectMessage message, IBufferWriter<byte> output)
        => Events.Write(message, response: null, output);

    public override void EncodeDirectEcho(DirectMessage message, IBufferWriter<byte> output)
    {
        // What its user has said on another client, some know by this name only.
        if (session.Has(IrcCapabilities.EchoMessage | IrcCapabilities.ZncSelfMessage))
        {
            Events.Write(message, message.Draft.Label, output);
        }
    }

    public override void EncodeRedaction(DirectRedacted redaction, bool isOwn, IBufferWriter<byte> output)
    {
        if (isOwn)
        {
            session.Show(output, (response, lines) => Events.Write(redaction, lines, response));
        }
        else
        {
            Events.Write(redaction, output);
        }
    }

    public override void EncodeReadMarker(string target, DateTimeOffset time, IBufferWriter<byte> output)
    {
        if (session.Has(IrcCapabilities.ReadMarker))
        {
            Events.Begin(session.Context.Time.GetUtcNow(), default, output);
            output.WriteIrc($":{session.Context.ServerName} {ReadMarkers.Line(target, time)}");
        }
    }

    public override void EncodeInvitation(UserInvited entry, IBufferWriter<byte> output)
    {
        Events.Begin(entry.Time, entry.Actor, output);
        output.WriteIrc($":{IrcEvents.Source(entry.Actor)} INVITE {entry.Invited.Name.Value} #{entry.Room.Value}");
    }

    public override void EncodePresence(Actor user, bool isHere, IBufferWriter<byte> output)
    {
        Events.Begin(session.Context.Time.GetUtcNow(), default, output);
        var whom = isHere ? IrcEvents.Source(user) : user.Name.Value;
        output.WriteIrc($":{session.Context.ServerName} {(isHere ? IrcNumeric.RPL_MONONLINE : IrcNumeric.RPL_MONOFFLINE)} {session.Nick} :{whom}");
    }

    public override void EncodeWallops(Actor from, ReadOnlyMemory<byte> text, IBufferWriter<byte> output)
    {
        if (session.WantsWallops)
        {
            Events.Begin(session.Context.Time.GetUtcNow(), from, output);
            output.WriteIrc($":{IrcEvents.Source(from)} WALLOPS :{text.Span}");
        }
    }

    public override void EncodeValue(ValueChanged entry, IBufferWriter<byte> output)
    {
        if (session.Has(IrcCapabilities.Metadata) && session.Metadata.Subscriptions.Contains(entry.Key))
        {
            var target = entry.Room.IsEmpty ? entry.Actor.Name.Value : $"#{entry.Room.Value}";
            Events.Begin(entry.Time, entry.Actor, output);
            output.WriteIrc($":{IrcEvents.Source(entry.Actor)} {MetadataLines.Of(target, entry.Key, entry.Value)}");
        }
    }

    public override void EncodeMissed(long count, IBufferWriter<byte> output)
        => Notice($"Server is very busy and dropped {count} messages, sorry!", output);

    public override void EncodeHistory(RoomName room, IReadOnlyList<HistoryEntry> entries, HistoryPart part, IBufferWriter<byte> output)
        => IrcReplay.Write(session, room, entries, output);

    public override void EncodeRefused(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
        => Notice("Your message could not be kept and was not delivered, try again", output);

    public override void EncodeSilenced(RoomName room, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        Events.Begin(session.Context.Time.GetUtcNow(), default, output);
        output.WriteIrc($":{session.Context.ServerName} {IrcNumeric.ERR_CANNOTSENDTOCHAN} {session.Nick} #{room.Value} :Cannot send to channel");
    }

    private void Write(RoomEvent entry, string? response, IBufferWriter<byte> output)
    {
        switch (entry)
        {
            case UserUpdated updated when updated.Actor.UserId != session.Session.User?.Id:
                if (session.Has(IrcCapabilities.ExtendedMonitor))
                {
                    Events.Write(entry, output);
                }

                break;
            case UserUpdated updated:
                // One's own absence and account are told by numerics.
                var own = updated.NewProfile with { Away = updated.Actor.Profile.Away, Account = updated.Actor.Profile.Account };
                Events.Write(updated with { NewProfile = own }, output, response);
                break;
            default:
                Events.Write(entry, output, response);
                break;
        }
    }

    private void WriteRenaming(RoomRenamed entry, IRoomView room, Actor self, string? response, IBufferWriter<byte> output)
    {
        if (session.Has(IrcCapabilities.ChannelRename))
        {
            Events.Write(entry, output, response);
        }
        else if (entry.NewName != entry.Room)
        {
            Events.Write(new UserLeft(entry.Room, entry.Sequence, entry.Time, self, entry.Reason), output, response);
            IrcWelcome.Write(session, room, self, response, output);
        }
    }

    private void Notice(string text, IBufferWriter<byte> output)
    {
        Events.Begin(session.Context.Time.GetUtcNow(), default, output);
        output.WriteIrc($":{session.Context.ServerName} NOTICE {session.Nick} :{text}");
    }
}
