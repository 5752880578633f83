using System.Text;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;
using Parley.Server.Irc.Services;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Messages;

/// <summary>Says something for a client, in a room or to a user, and answers what came of it.</summary>
internal static class IrcSpeech
{
    /// <summary>Returns the draft of a message whose kind depends on its text: a CTCP message is an action, or is for clients (https://modern.ircdocs.horse/ctcp).</summary>
    /// <param name="session">Who says it.</param>
    /// <param name="kind">What it would be otherwise.</param>
    /// <param name="text">UTF-8; the draft keeps it.</param>
    /// <param name="tags">The tags for other clients.</param>
    public static MessageDraft Draft(IrcSession session, MessageKind kind, byte[] text, ReadOnlyMemory<byte> tags)
    {
        if (kind == MessageKind.Text && IrcText.TryParseAction(text, out var action))
        {
            (kind, text) = (MessageKind.Action, action.ToArray());
        }
        else if (IrcText.TryParseCtcp(text, out _, out _))
        {
            kind = kind == MessageKind.Notice ? MessageKind.Answer : MessageKind.Query;
        }

        return new MessageDraft(kind, text)
        {
            Tags = tags,
            Echo = session.Has(IrcCapabilities.EchoMessage),
            Reaction = tags.IsEmpty ? [] : TagWords.In(tags.Span),
            IsLasting = kind == MessageKind.Tags && LastingTags.AreIn(tags.Span),
            IsForOthers = kind == MessageKind.Tags && TypingTags.AreAll(tags.Span),
        };
    }

    /// <summary>
    /// The common case without a detour: text for one room that the client is in, without tags. False if it is not that, and
    /// then nothing has happened.
    /// </summary>
    public static bool TrySay(IrcSession session, in IrcMessage message, CancellationToken cancellationToken, out ValueTask<bool> saying)
    {
        saying = new(true);
        if (message.ParameterCount != 2
            || !message.Tags.Raw.IsEmpty
            || !Ascii.EqualsIgnoreCase(message.Command, "PRIVMSG"u8)
            || message[0] is not [(byte)'#', .. var channel]
            || message[1] is not [not 1, ..]
            || !session.Session.TryFindRoom(channel, out var room))
        {
            return false;
        }

        var draft = new MessageDraft(MessageKind.Text, message[1].ToArray()) { Echo = session.Has(IrcCapabilities.EchoMessage) };
        var posting = session.Broker.AskAsync(session.Session.Id, new Post(room, draft), cancellationToken);
        if (!posting.IsCompletedSuccessfully)
        {
            saying = session.PostedAsync(posting, room);
        }
        else if (posting.Result is { Verdict: not Verdict.Accepted } decision)
        {
            saying = session.PostedAsync(decision, room);
        }

        return true;
    }

    /// <summary>Says it to one target. False ends the conversation.</summary>
    /// <param name="session">Who says it.</param>
    /// <param name="target">A nick or a channel, which may have prefixes of ranks before it.</param>
    /// <param name="draft">What is said.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public static ValueTask<bool> SayAsync(IrcSession session, string target, MessageDraft draft, CancellationToken cancellationToken)
    {
        var name = target.TrimStart('@', '%', '+');
        if (IrcChannel.TryParse(name, out var room))
        {
            return PostAsync(session, target, room, draft with { MinRank = RankOf(target[..^name.Length]) }, cancellationToken);
        }

        if (IrcServices.Find(target) is { } service)
        {
            return AskAsync(session, service, draft, cancellationToken);
        }

        if (UserName.TryParse(target, out var user))
        {
            return SendAsync(session, user, draft, cancellationToken);
        }

        if (session.Has(IrcCapabilities.ZncPlayback) && string.Equals(target, Playback.Name, StringComparison.OrdinalIgnoreCase))
        {
            return PlayAsync(session, draft, cancellationToken);
        }

        Complain(session, draft, name is ['#', ..] ? IrcNumeric.ERR_NOSUCHCHANNEL : IrcNumeric.ERR_NOSUCHNICK, $"{target} :No such nick/channel");
        return new(true);
    }

    /// <summary>Answers an error, but never to a notice, so that two programs cannot keep each other busy.</summary>
    public static void Complain(IrcSession session, MessageDraft draft, IrcNumeric numeric, string words)
    {
        if (!IsNotice(draft))
        {
            session.Numeric(numeric, words);
        }
    }

    private static async ValueTask<bool> PostAsync(
        IrcSession session, string target, RoomName room, MessageDraft draft, CancellationToken cancellationToken)
    {
        var post = new Post(room, draft with { Label = draft.Echo ? session.TagOfEcho() : null });
        var decision = await session.Broker.AskAsync(session.Session.Id, post, cancellationToken);
        switch (decision.Verdict)
        {
            case Verdict.Accepted:
                WasSaid(session, draft);
                return true;
            case Verdict.Stopping or Verdict.SignedOut:
                return false;
            case Verdict.NotInRoom:
                Complain(session, draft, IrcNumeric.ERR_CANNOTSENDTOCHAN, $"{target} :Cannot send to channel (join it first)");
                return true;
            default:
                if (!IsNotice(draft))
                {
                    session.Refuse(decision, target);
                }

                return true;
        }
    }

    private static async ValueTask<bool> SendAsync(
        IrcSession session, UserName user, MessageDraft draft, CancellationToken cancellationToken)
    {
        var away = draft.Kind is MessageKind.Text or MessageKind.Action
            ? (await session.LookAsync(new FindUser(user), cancellationToken))?.Actor : null;
        if (draft.Echo && away?.Profile.Away is not null)
        {
            // There will be an echo and an answer.
            session.AnswersFollow();
        }

        var sending = new SendDirect([user], draft with { Label = draft.Echo ? session.TagOfEcho() : null });
        if ((await session.Broker.AskAsync(session.Session.Id, sending, cancellationToken)).Missing is { Count: > 0 })
        {
            Complain(session, draft, IrcNumeric.ERR_NOSUCHNICK, $"{user.Value} :No such nick/channel");
            return true;
        }

        WasSaid(session, draft);
        if (away is { Profile.Away: { } why } actor)
        {
            session.Numeric(IrcNumeric.RPL_AWAY, $"{actor.Name.Value} :{why}");
        }

        return true;
    }

    private static async ValueTask<bool> AskAsync(IrcSession session, IrcService service, MessageDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Kind == MessageKind.Text)
        {
            await service.RunAsync(session, Encoding.UTF8.GetString(draft.Text.Span), cancellationToken);
        }

        return true;
    }

    private static async ValueTask<bool> PlayAsync(IrcSession session, MessageDraft draft, CancellationToken cancellationToken)
    {
        await Playback.RunAsync(session, Encoding.UTF8.GetString(draft.Text.Span), cancellationToken);
        return true;
    }

    private static bool IsNotice(MessageDraft draft) => draft.Kind is MessageKind.Notice or MessageKind.Answer;

    private static void WasSaid(IrcSession session, MessageDraft draft)
    {
        if (draft.Echo)
        {
            session.EchoFollows();
        }
    }

    private static MemberRank RankOf(string prefixes)
        => prefixes.Contains('+', StringComparison.Ordinal) ? MemberRank.Voice
            : prefixes.Contains('%', StringComparison.Ordinal) ? MemberRank.HalfOperator
            : prefixes.Contains('@', StringComparison.Ordinal) ? MemberRank.Operator
            : MemberRank.None;
}
