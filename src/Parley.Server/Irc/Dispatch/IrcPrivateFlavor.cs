using System.Buffers;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Channels;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Marks;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Dispatch;

/// <summary>Encoder of the events that one client alone is shown by others and by the rooms it joins.</summary>
internal sealed class IrcPrivateFlavor(IrcSession session) : Flavor
{
    private IrcEvents Events => session.Events;

    public override void Encode(RoomEvent entry, IBufferWriter<byte> output) => Write(entry, response: null, output);

    public override void EncodeFor(Shown what, IBufferWriter<byte> output)
    {
        switch (what)
        {
            case Welcome { IsOwn: false } its:
                IrcWelcome.WriteTakenAlong(session, its.Room, its.Self, output);
                break;
            case Welcome its:
                session.Show(output, (response, lines) => IrcWelcome.Write(session, its.Room, its.Self, response, lines));
                break;
            case Echo { Message: var message }:
                Events.Write(message, message.Draft.Label, output);
                break;
            case Told { IsOwn: true, Entry: var entry }:
                WriteOwn(entry, output);
                break;
            case Told { Entry: UserUpdated updated } when updated.Actor.UserId == session.Session.User?.Id && updated.Actor.Profile.Away != updated.NewProfile.Away:
                var isAway = updated.NewProfile.Away is not null;
                Events.Begin(updated.Time, default, output);
                output.WriteIrc($":{session.Context.ServerName} {(isAway ? IrcNumeric.RPL_NOWAWAY : IrcNumeric.RPL_UNAWAY)} {session.Nick} :{(isAway ? AwayCommand.NowAway : AwayCommand.NoLongerAway)}");
                Write(updated, response: null, output);
                break;
            case Told { Entry: var entry }:
                Write(entry, response: null, output);
                break;
            case RenamingTold { IsOwn: true } its:
                session.Show(output, (response, lines) => WriteRenaming(its, response, lines));
                break;
            case RenamingTold its:
                WriteRenaming(its, response: null, output);
                break;
            case Direct { Message: var message }:
                Events.Write(message, response: null, output);
                break;
            case DirectEcho { Message: var message }:
                WriteDirectEcho(message, output);
                break;
            case DirectTakenAway { IsOwn: true, Redaction: var redaction }:
                session.Show(output, (response, lines) => Events.Write(redaction, lines, response));
                break;
            case DirectTakenAway { Redaction: var redaction }:
                Events.Write(redaction, output);
                break;
            case Invitation { Entry: var entry }:
                Events.Begin(entry.Time, entry.Actor, output);
                output.WriteIrc($":{IrcEvents.Source(entry.Actor)} INVITE {entry.Invited.Name.Value} #{entry.Room.Value}");
                break;
            case Waiting { Entries: var entries }:
                IrcReplay.WriteWaiting(session, entries, output);
                break;
            case Past its:
                WritePast(its, output);
                break;
            case Missed { Count: var count }:
                Notice($"Server is very busy and dropped {Counted.Of(count, "message")}, sorry!", output);
                break;
            case NotKept:
                Notice("Your message could not be kept and was not delivered, try again", output);
                break;
            default:
                WriteIfWanted(what, output);
                break;
        }
    }

    /// <summary>Writes what only clients are shown that have said they want it.</summary>
    private void WriteIfWanted(Shown what, IBufferWriter<byte> output)
    {
        switch (what)
        {
            case ReadMarker its when session.Has(IrcCapabilities.ReadMarker):
                Events.Begin(session.Context.Time.GetUtcNow(), default, output);
                output.WriteIrc($":{session.Context.ServerName} {ReadMarkers.Line(its.Target, its.Time)}");
                break;
            case Presence { User: var user, IsHere: var isHere }:
                Events.Begin(session.Context.Time.GetUtcNow(), default, output);
                var whom = isHere ? IrcEvents.Source(user) : user.Name.Value;
                output.WriteIrc($":{session.Context.ServerName} {(isHere ? IrcNumeric.RPL_MONONLINE : IrcNumeric.RPL_MONOFFLINE)} {session.Nick} :{whom}");
                if (isHere && session.Has(IrcCapabilities.Metadata3))
                {
                    Events.Begin(session.Context.Time.GetUtcNow(), default, output);
                    output.WriteIrc($"{MetadataSync.Later(session, user.Name.Value)}");
                }

                break;
            case Wallops { From: var from } its when session.WantsWallops:
                Events.Begin(session.Context.Time.GetUtcNow(), from, output);
                output.WriteIrc($":{IrcEvents.Source(from)} WALLOPS :{its.Text.Span}");
                break;
            case NewValue { Entry: var entry } when session.Has(IrcCapabilities.AnyMetadata) && session.Metadata.Subscriptions.Contains(entry.Key):
                var target = entry.Room.IsEmpty ? entry.Actor.Name.Value : $"#{entry.Room.Value}";
                Events.Begin(entry.Time, session.Has(IrcCapabilities.Metadata3) ? default : entry.Actor, output);
                output.WriteIrc($"{MetadataLines.Change(session, IrcEvents.Source(entry.Actor), target, entry.Key, entry.Value)}");
                break;
        }
    }

    private void WriteOwn(RoomEvent entry, IBufferWriter<byte> output)
    {
        // That somebody was asked in is told to whoever asks by a numeric.
        if (entry is not UserInvited)
        {
            session.Show(output, (response, lines) => Write(entry, response, lines));
        }
    }

    private void WriteDirectEcho(DirectMessage message, IBufferWriter<byte> output)
    {
        // What its user has said on another client, some know by this name only.
        if (session.Has(IrcCapabilities.EchoMessage | IrcCapabilities.ZncSelfMessage))
        {
            Events.Write(message, message.Draft.Label, output);
        }
    }

    private void WritePast(Past past, IBufferWriter<byte> output)
    {
        if (session.Arriving == past.Room)
        {
            IrcReplay.WriteArrival(session, past, output);
        }
        else
        {
            IrcReplay.WriteMissed(session, past.Room, past.Entries, output);
        }
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
                var own = updated.NewProfile with { Away = updated.Actor.Profile.Away, Login = updated.Actor.Profile.Login };
                Events.Write(updated with { NewProfile = own }, output, response);
                break;
            default:
                Events.Write(entry, output, response);
                break;
        }
    }

    /// <summary>To a client that knows no such thing, a room with another name is one left and another joined.</summary>
    private void WriteRenaming(RenamingTold told, string? response, IBufferWriter<byte> output)
    {
        var entry = told.Entry;
        session.Context.ReadMarkers.Renamed(session.Session.User!, entry.Room, entry.NewName);
        if (session.Has(IrcCapabilities.ChannelRename))
        {
            Events.Write(entry, output, response);
        }
        else if (entry.NewName != entry.Room)
        {
            var reason = entry.Reason.Length == 0 ? $"Renamed to #{entry.NewName.Value}" : $"Renamed to #{entry.NewName.Value}: {entry.Reason}";
            Events.Write(new UserLeft(entry.Room, entry.Number, entry.Time, told.Self, reason), output, response);
            IrcWelcome.Write(session, told.Room, told.Self, response, output);

            // Many clients close the window of a room that is left, and all that was said there with it.
            _ = RenamedReplay.ShowAsync(session, entry.NewName);
        }
    }

    private void Notice(string text, IBufferWriter<byte> output)
    {
        Events.Begin(session.Context.Time.GetUtcNow(), default, output);
        output.WriteIrc($":{session.Context.ServerName} NOTICE {session.Nick} :{text}");
    }
}
