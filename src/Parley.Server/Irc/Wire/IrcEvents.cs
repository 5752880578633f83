using System.Buffers;
using System.Text;
using Parley.Core.Events;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>Events in the words of IRC, with the tags that a set of capabilities asks for.</summary>
internal sealed class IrcEvents
{
    /// <summary>Bytes that a line may have, its ending not counted.</summary>
    private const int MaxLine = 510;

    private readonly IrcCapabilities _capabilities;
    private readonly IrcMessageWriter _messages;

    /// <param name="capabilities">What those who read it have negotiated.</param>
    /// <param name="serverName">What the server calls itself.</param>
    /// <param name="maxPlainLines">Lines of one message for those who know no multi-line messages.</param>
    public IrcEvents(IrcCapabilities capabilities, string serverName, int maxPlainLines)
    {
        _capabilities = capabilities;
        ServerName = serverName;
        _messages = new IrcMessageWriter(this, maxPlainLines);
    }

    /// <summary>Name of the server in the lines it sends.</summary>
    public string ServerName { get; }

    /// <summary>True if the readers have negotiated this.</summary>
    public bool Has(IrcCapabilities capability) => (_capabilities & capability) != IrcCapabilities.None;

    /// <summary>Writes what happened in a room, or to a user.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="response">The tag that says what it belongs to; null for none.</param>
    /// <param name="id">What it is known by in history; null for nothing.</param>
    public void Write(RoomEvent entry, IBufferWriter<byte> output, string? response = null, string? id = null)
    {
        var actor = entry.Actor;
        switch (entry)
        {
            case MessagePosted message:
                Write(message, response, output);
                break;
            case UserJoined joined:
                WriteJoin(joined, output, response, id);
                break;
            case UserLeft left:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} PART #{entry.Room.Value}{Trailing(left.Reason)}");
                break;
            case UserQuit quit:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} QUIT :{quit.Reason}");
                break;
            case UserRenamed renamed:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} NICK {renamed.NewName.Value}");
                break;
            case TopicChanged topic:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} TOPIC #{entry.Room.Value} :{topic.Topic}");
                break;
            case ModesChanged modes:
                WriteModes(modes, modes.Changes, output, response, id);
                break;
            case RegistrationChanged registration:
                WriteModes(registration, registration.Changes, output, response, id);
                break;
            case MemberKicked kicked:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} KICK #{entry.Room.Value} {kicked.Member.Name.Value} :{kicked.Reason}");
                break;
            case RoomRenamed renamed:
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} RENAME #{entry.Room.Value} #{renamed.NewName.Value} :{renamed.Reason}");
                break;
            case MessageRedacted redacted when Has(IrcCapabilities.MessageRedaction):
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} REDACT #{entry.Room.Value} {MessageId.Of(redacted.SaidIn, redacted.Message)}{Trailing(redacted.Reason)}");
                break;
            case UserInvited invited when Has(IrcCapabilities.InviteNotify):
                Begin(entry, output, response, id);
                output.WriteIrc($":{Source(actor)} INVITE {invited.Invited.Name.Value} #{entry.Room.Value}");
                break;
            case UserUpdated updated:
                WriteUpdate(updated, output, response);
                break;
            case ServerNotice notice:
                Begin(entry, output, response, id);
                output.WriteIrc($":{ServerName} NOTICE #{entry.Room.Value} :{notice.Text}");
                break;
        }
    }

    /// <summary>A message in a room.</summary>
    /// <param name="message">The message.</param>
    /// <param name="response">To its author: the tag that says what it answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public void Write(MessagePosted message, string? response, IBufferWriter<byte> output)
    {
        Span<byte> id = stackalloc byte[MessageId.MaxBytes];
        var said = new IrcSaid
        {
            From = message.Actor,
            Time = message.Time,
            Draft = message.Draft,
            Prefix = RoomPrefix(message.Draft.MinRank),
            To = message.Room.Value,
            Id = id[..MessageId.Write(message, id)],
            Reference = message.Number,
            Response = response,
        };
        _messages.Write(said, output);
    }

    /// <summary>A direct message, to its recipient or as its author's echo.</summary>
    public void Write(DirectMessage message, string? response, IBufferWriter<byte> output)
    {
        Span<byte> id = stackalloc byte[MessageId.MaxBytes];
        var said = new IrcSaid
        {
            From = message.From,
            Time = message.Time,
            Draft = message.Draft,
            Prefix = "",
            To = message.To.Value,
            Id = id[..MessageId.Write(message, id)],
            Reference = message.Number,
            Response = response,
        };
        _messages.Write(said, output);
    }

    /// <summary>A direct message was taken away.</summary>
    public void Write(DirectRedacted redaction, IBufferWriter<byte> output, string? response = null)
    {
        if (Has(IrcCapabilities.MessageRedaction))
        {
            Begin(redaction.Time, redaction.From, output, response);
            output.WriteIrc($":{Source(redaction.From)} REDACT {redaction.To.Value} {MessageId.Of(default, redaction.Number)}{Trailing(redaction.Reason)}");
        }
    }

    /// <summary>The tags of a line that is no message.</summary>
    /// <param name="time">When it was decided, UTC.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="response">The tag that says what it answers; null for none.</param>
    public void Begin(DateTimeOffset time, in Actor actor, IBufferWriter<byte> output, string? response = null)
    {
        var tags = new IrcTagWriter(output);
        AddTags(ref tags, time, actor, response);
        tags.End();
    }

    /// <summary>Returns a user in IRC's form for the source of a line: <c>name!ident@host</c>.</summary>
    public static string Source(in Actor actor) => $"{actor.Name.Value}!{actor.Profile.Ident}@{actor.Profile.Host}";

    /// <summary>The real name; of people who came by a protocol that knows none, the name that they wear.</summary>
    public static string RealName(in Actor actor) => actor.Profile.RealName.Length == 0 ? actor.Name.Value : actor.Profile.RealName;

    private static string Trailing(string reason) => reason.Length == 0 ? "" : $" :{reason}";

    private static string RoomPrefix(MemberRank rank) => rank switch
    {
        MemberRank.Operator => "@#",
        MemberRank.HalfOperator => "%#",
        MemberRank.Voice => "+#",
        _ => "#",
    };

    private void Begin(RoomEvent entry, IBufferWriter<byte> output, string? response = null, string? id = null)
    {
        var tags = new IrcTagWriter(output);
        AddTags(ref tags, entry.Time, entry.Actor, response);
        if (id is not null && Has(IrcCapabilities.MessageTags))
        {
            tags.Add("msgid"u8, id);
        }

        tags.End();
    }

    /// <summary>Adds the tags that any line may have.</summary>
    /// <inheritdoc cref="Begin(DateTimeOffset, in Actor, IBufferWriter{byte}, string)"/>
    public void AddTags(ref IrcTagWriter tags, DateTimeOffset time, in Actor actor, string? response)
    {
        if (response is not null)
        {
            var equals = response.IndexOf('=', StringComparison.Ordinal);
            tags.Add(Encoding.UTF8.GetBytes(response[..equals]), response.AsSpan(equals + 1));
        }

        if (Has(IrcCapabilities.ServerTime))
        {
            tags.AddTime(time);
        }

        if (Has(IrcCapabilities.AccountTag) && !actor.Profile.Account.IsEmpty)
        {
            tags.Add("account"u8, actor.Profile.Account.Value);
        }

        if (Has(IrcCapabilities.OperTag) && actor.Profile.IsOperator)
        {
            // Without a value, as the name that an operator gives with OPER is half of how to become one.
            tags.Add("draft/oper"u8);
        }

        if (Has(IrcCapabilities.MessageTags) && actor.Profile.IsBot)
        {
            tags.Add("bot"u8);
        }
    }

    private void WriteJoin(UserJoined joined, IBufferWriter<byte> output, string? response, string? id)
    {
        var actor = joined.Actor;
        Begin(joined, output, response, id);
        if (Has(IrcCapabilities.ExtendedJoin))
        {
            var account = actor.Profile.Account.IsEmpty ? "*" : actor.Profile.Account.Value;
            output.WriteIrc($":{Source(actor)} JOIN #{joined.Room.Value} {account} :{RealName(actor)}");
        }
        else
        {
            output.WriteIrc($":{Source(actor)} JOIN #{joined.Room.Value}");
        }

        if (Has(IrcCapabilities.AwayNotify) && actor.Profile.Away is { } away)
        {
            Begin(joined, output);
            output.WriteIrc($":{Source(actor)} AWAY :{away}");
        }

        if (joined.Rank != MemberRank.None)
        {
            // Nobody else sees the first in an unregistered room come, so this is the rank of a role.
            Begin(joined, output);
            output.WriteIrc($":{ServerName} MODE #{joined.Room.Value} +{IrcRoomModes.LetterOf(joined.Rank)} {actor.Name.Value}");
        }
    }

    /// <summary>In as many lines as they take: what a client has asked for in one may be longer as it is shown.</summary>
    private void WriteModes(RoomEvent entry, IReadOnlyList<RoomModeChange> changes, IBufferWriter<byte> output, string? response, string? id)
    {
        var start = $":{Source(entry.Actor)} MODE #{entry.Room.Value} ";
        foreach (var text in IrcRoomModes.Texts(changes, MaxLine - Encoding.UTF8.GetByteCount(start)))
        {
            Begin(entry, output, response, id);
            output.WriteIrc($"{start}{text}");
        }
    }

    private void WriteUpdate(UserUpdated updated, IBufferWriter<byte> output, string? response)
    {
        var (old, profile) = (updated.Actor, updated.NewProfile);
        var actor = old with { KnownProfile = profile };
        if (Has(IrcCapabilities.ChgHost)
            && !(string.Equals(old.Profile.Ident, profile.Ident, StringComparison.Ordinal) && string.Equals(old.Profile.Host, profile.Host, StringComparison.Ordinal)))
        {
            Begin(updated, output, response);
            output.WriteIrc($":{Source(old)} CHGHOST {profile.Ident} {profile.Host}");
        }

        if (Has(IrcCapabilities.AccountNotify) && old.Profile.Account != profile.Account)
        {
            Begin(updated, output, response);
            output.WriteIrc($":{Source(actor)} ACCOUNT {(profile.Account.IsEmpty ? "*" : profile.Account.Value)}");
        }

        if (Has(IrcCapabilities.SetName) && !string.Equals(old.Profile.RealName, profile.RealName, StringComparison.Ordinal))
        {
            Begin(updated, output, response);
            output.WriteIrc($":{Source(actor)} SETNAME :{profile.RealName}");
        }

        if (Has(IrcCapabilities.AwayNotify) && !string.Equals(old.Profile.Away, profile.Away, StringComparison.Ordinal))
        {
            Begin(updated, output, response);
            output.WriteIrc($":{Source(actor)} AWAY{(profile.Away is null ? "" : $" :{profile.Away}")}");
        }
    }
}
