using System.Buffers;
using System.Text;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>Events in the words of IRC, with the tags that a set of capabilities asks for.</summary>
/// <param name="capabilities">What those who read it have negotiated.</param>
/// <param name="serverName">What the server calls itself.</param>
internal sealed class IrcEvents(IrcCapabilities capabilities, string serverName)
{
    /// <summary>Bytes that a line may have, its ending not counted.</summary>
    private const int MaxLine = 510;

    /// <summary>Whether the readers have negotiated this.</summary>
    public bool Has(IrcCapabilities capability) => (capabilities & capability) != IrcCapabilities.None;

    /// <summary>What happened in a room, or to a user.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="response">To whom it answers a command: the tag that says which; null for none.</param>
    public void Write(RoomEvent entry, IBufferWriter<byte> output, string? response = null)
    {
        var actor = entry.Actor;
        switch (entry)
        {
            case MessagePosted message:
                Write(message, response: null, output);
                break;
            case UserJoined joined:
                WriteJoin(joined, output);
                break;
            case UserLeft left:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} PART #{entry.Room.Value}{Trailing(left.Reason)}");
                break;
            case UserQuit quit:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} QUIT :{quit.Reason}");
                break;
            case UserRenamed renamed:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} NICK {renamed.NewName.Value}");
                break;
            case TopicChanged topic:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} TOPIC #{entry.Room.Value} :{topic.Topic}");
                break;
            case ModesChanged modes:
                WriteModes(modes, output, response);
                break;
            case MemberKicked kicked:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} KICK #{entry.Room.Value} {kicked.Member.Name.Value} :{kicked.Reason}");
                break;
            case RoomRenamed renamed:
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} RENAME #{entry.Room.Value} #{renamed.NewName.Value} :{renamed.Reason}");
                break;
            case UserInvited invited when Has(IrcCapabilities.InviteNotify):
                Begin(entry, output, response);
                output.WriteIrc($":{Source(actor)} INVITE {invited.Invited.Name.Value} #{entry.Room.Value}");
                break;
            case UserUpdated updated:
                WriteUpdate(updated, output);
                break;
            case ServerNotice notice:
                Begin(entry, output);
                output.WriteIrc($":{serverName} NOTICE #{entry.Room.Value} :{notice.Text}");
                break;
        }
    }

    /// <summary>A message in a room.</summary>
    /// <param name="message">The message.</param>
    /// <param name="response">To its author: the tag that says what it answers; null for none.</param>
    /// <param name="output">Takes the bytes.</param>
    public void Write(MessagePosted message, string? response, IBufferWriter<byte> output)
    {
        var said = new Said(message.Actor, message.Time, message.Draft, response);
        var target = $"{RankPrefix(message.Draft.MinRank)}#{message.Room.Value}";
        Write(said, target, message, static (message, output) => MessageId.Write(output, message), output);
    }

    /// <summary>A direct message, to its recipient or as its author's echo.</summary>
    public void Write(DirectMessage message, string? response, IBufferWriter<byte> output)
    {
        var said = new Said(message.From, message.Time, message.Draft, response);
        Write(said, message.To.Value, message, static (message, output) => MessageId.Write(output, message), output);
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

    /// <summary>Who it is, as IRC names the source of a line.</summary>
    public static string Source(in Actor actor) => $"{actor.Name.Value}!{actor.Profile.Ident}@{actor.Profile.Host}";

    private static string Trailing(string reason) => reason.Length == 0 ? "" : $" :{reason}";

    private static string RankPrefix(MemberRank rank) => rank switch
    {
        MemberRank.Operator => "@",
        MemberRank.HalfOperator => "%",
        MemberRank.Voice => "+",
        _ => "",
    };

    private void Begin(RoomEvent entry, IBufferWriter<byte> output, string? response = null)
        => Begin(entry.Time, entry.Actor, output, response);

    private void AddTags(ref IrcTagWriter tags, DateTimeOffset time, in Actor actor, string? response)
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

        if (Has(IrcCapabilities.MessageTags) && actor.Profile.IsBot)
        {
            tags.Add("bot"u8);
        }
    }

    private void WriteJoin(UserJoined joined, IBufferWriter<byte> output)
    {
        var actor = joined.Actor;
        Begin(joined, output);
        if (Has(IrcCapabilities.ExtendedJoin))
        {
            var account = actor.Profile.Account.IsEmpty ? "*" : actor.Profile.Account.Value;
            output.WriteIrc($":{Source(actor)} JOIN #{joined.Room.Value} {account} :{actor.Profile.RealName}");
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
    }

    /// <summary>In as many lines as they take: what a client has asked for in one may be longer as it is shown.</summary>
    private void WriteModes(ModesChanged modes, IBufferWriter<byte> output, string? response)
    {
        var start = $":{Source(modes.Actor)} MODE #{modes.Room.Value} ";
        foreach (var text in IrcRoomModes.Texts(modes.Changes, MaxLine - Encoding.UTF8.GetByteCount(start)))
        {
            Begin(modes, output, response);
            output.WriteIrc($"{start}{text}");
        }
    }

    private void WriteUpdate(UserUpdated updated, IBufferWriter<byte> output)
    {
        var (old, profile) = (updated.Actor, updated.NewProfile);
        var actor = old with { KnownProfile = profile };
        if (Has(IrcCapabilities.ChgHost)
            && !(string.Equals(old.Profile.Ident, profile.Ident, StringComparison.Ordinal) && string.Equals(old.Profile.Host, profile.Host, StringComparison.Ordinal)))
        {
            Begin(updated, output);
            output.WriteIrc($":{Source(old)} CHGHOST {profile.Ident} {profile.Host}");
        }

        if (Has(IrcCapabilities.AccountNotify) && old.Profile.Account != profile.Account)
        {
            Begin(updated, output);
            output.WriteIrc($":{Source(actor)} ACCOUNT {(profile.Account.IsEmpty ? "*" : profile.Account.Value)}");
        }

        if (Has(IrcCapabilities.SetName) && !string.Equals(old.Profile.RealName, profile.RealName, StringComparison.Ordinal))
        {
            Begin(updated, output);
            output.WriteIrc($":{Source(actor)} SETNAME :{profile.RealName}");
        }

        if (Has(IrcCapabilities.AwayNotify) && !string.Equals(old.Profile.Away, profile.Away, StringComparison.Ordinal))
        {
            Begin(updated, output);
            output.WriteIrc($":{Source(actor)} AWAY{(profile.Away is null ? "" : $" :{profile.Away}")}");
        }
    }

    private void Write<TMessage>(
        in Said said, string target, TMessage message, Action<TMessage, IBufferWriter<byte>> writeId, IBufferWriter<byte> output)
    {
        var kind = said.Draft.Kind;
        if (kind == MessageKind.Tags)
        {
            if (Has(IrcCapabilities.MessageTags))
            {
                WriteTags(said, message, writeId, output);
                output.WriteIrc($":{Source(said.Actor)} TAGMSG {target}");
            }

            return;
        }

        var command = kind == MessageKind.Notice ? "NOTICE" : "PRIVMSG";
        var (before, after) = kind == MessageKind.Action ? ("\u0001ACTION ", "\u0001") : ("", "");
        var source = said.Actor.Profile;
        var overhead = 7 + said.Actor.Name.Value.Length + source.Ident.Length + Encoding.UTF8.GetByteCount(source.Host)
            + command.Length + target.Length + before.Length + after.Length;
        foreach (var line in new LineEnumerator(said.Draft.Text.Span))
        {
            foreach (var part in IrcText.Split(line, MaxLine - overhead))
            {
                // Of a message that takes several lines each is tagged, but only the first is the message itself.
                WriteTags(said, message, writeId, output);
                writeId = static (_, _) => { };
                output.WriteIrc(
                    $":{said.Actor.Name.Value}!{source.Ident}@{source.Host} {command} {target} :{before}{part}{after}");
            }
        }
    }

    private void WriteTags<TMessage>(
        in Said said, TMessage message, Action<TMessage, IBufferWriter<byte>> writeId, IBufferWriter<byte> output)
    {
        var tags = new IrcTagWriter(output);
        AddTags(ref tags, said.Time, said.Actor, said.Response);
        if (Has(IrcCapabilities.MessageTags))
        {
            var id = Scratch.Rent();
            writeId(message, id);
            if (id.WrittenCount > 0)
            {
                tags.Add("msgid"u8, id.WrittenSpan);
            }

            if (!said.Draft.Tags.IsEmpty)
            {
                tags.Add(new IrcTags(said.Draft.Tags.Span));
            }
        }

        tags.End();
    }

    private readonly record struct Said(Actor Actor, DateTimeOffset Time, MessageDraft Draft, string? Response);

    private ref struct LineEnumerator(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> _rest = text;
        private bool _ended;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly LineEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_ended)
            {
                return false;
            }

            var end = _rest.IndexOf((byte)'\n');
            Current = end < 0 ? _rest : _rest[..end];
            _ended = end < 0;
            _rest = end < 0 ? default : _rest[(end + 1)..];
            return true;
        }
    }

    private static class Scratch
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _id;

        public static ArrayBufferWriter<byte> Rent()
        {
            var id = _id ??= new ArrayBufferWriter<byte>(64);
            id.ResetWrittenCount();
            return id;
        }
    }
}
