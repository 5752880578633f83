using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;
using Parley.Server.Irc.History;

namespace Parley.Server.Irc;

/// <summary>Says something for a client, in a room or to a user, and answers what came of it.</summary>
internal static class IrcSpeech
{
    /// <summary>What a text is: a CTCP message is an action, or is for clients (https://modern.ircdocs.horse/ctcp).</summary>
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
            IsLasting = kind == MessageKind.Tags && LastingTags.AreIn(tags.Span),
        };
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
        var verdict = await session.Broker.PostAsync(session.Session, room, draft with { Label = draft.Echo ? session.TagOfEcho() : null }, cancellationToken);
        switch (verdict)
        {
            case Verdict.Accepted:
                WasSaid(session, draft);
                return true;
            case Verdict.Stopping or Verdict.SignedOut:
                return false;
            case Verdict.NotInRoom when await IrcChannel.FindAsync(session, $"#{room.Value}", cancellationToken) is not null:
                Complain(session, draft, IrcNumeric.ERR_CANNOTSENDTOCHAN, $"{target} :Cannot send to channel (join it first)");
                return true;
            default:
                if (!IsNotice(draft))
                {
                    IrcRefusals.Tell(session, verdict == Verdict.NotInRoom ? Verdict.NoSuchRoom : verdict, target);
                }

                return true;
        }
    }

    private static async ValueTask<bool> SendAsync(
        IrcSession session, UserName user, MessageDraft draft, CancellationToken cancellationToken)
    {
        var away = draft.Kind is MessageKind.Text or MessageKind.Action
            ? (await session.Broker.FindUserAsync(user, cancellationToken))?.Actor : null;
        if (draft.Echo && away?.Profile.Away is not null)
        {
            // There will be an echo and an answer.
            session.AnswersFollow();
        }

        var missing = await session.Broker.SendDirectAsync(session.Session, [user], draft with { Label = draft.Echo ? session.TagOfEcho() : null }, cancellationToken);
        if (missing.Count > 0)
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
