using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary>
/// <c>PRIVMSG target{,target} :text</c>, <c>NOTICE</c> and <c>TAGMSG</c>: says something, in rooms or to users
/// (https://modern.ircdocs.horse/#privmsg-message, https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message).
/// </summary>
internal sealed class PrivmsgCommand(string word) : IrcCommand(word)
{
    /// <summary>
    /// The common case without a detour: text for one room, without tags. False if it is not that, and then nothing has
    /// happened.
    /// </summary>
    public static bool TrySay(IrcSession session, in IrcMessage message, CancellationToken cancellationToken, out ValueTask<bool> saying)
    {
        saying = new(true);
        if (message.ParameterCount != 2
            || session.Session.User is null
            || !message.Tags.Raw.IsEmpty
            || !Ascii.EqualsIgnoreCase(message.Command, "PRIVMSG"u8)
            || message[0] is not [(byte)'#', .. var channel]
            || message[1].IsEmpty
            || IrcText.TryParseCtcp(message[1], out _, out _)
            || !RoomName.TryParse(channel, out var room))
        {
            return false;
        }

        var draft = new MessageDraft(MessageKind.Text, message[1].ToArray()) { Echo = session.Has(IrcCapabilities.EchoMessage) };
        var posting = session.Broker.PostAsync(session.Session, room, draft, cancellationToken);
        if (!posting.IsCompletedSuccessfully)
        {
            saying = session.PostedAsync(posting, room);
        }
        else if (posting.Result is not Verdict.Accepted and var verdict)
        {
            saying = session.PostedAsync(verdict, room);
        }

        return true;
    }

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (request.Count == 0)
        {
            Complain(session, IrcNumeric.ERR_NORECIPIENT, $":No recipient given ({Word})");
            return true;
        }

        var isTagsOnly = string.Equals(Word, "TAGMSG", StringComparison.Ordinal);
        if (isTagsOnly && !session.Has(IrcCapabilities.MessageTags))
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, "TAGMSG :Unknown command");
            return true;
        }

        if (!isTagsOnly && request[1].Length == 0)
        {
            Complain(session, IrcNumeric.ERR_NOTEXTTOSEND, ":No text to send");
            return true;
        }

        var targets = IrcTexts.List(request[0]);
        if (targets.Length > session.Context.Options.MaxRecipients)
        {
            Complain(session, IrcNumeric.ERR_TOOMANYTARGETS, $"{request[0]} :Too many recipients (at most {session.Context.Options.MaxRecipients})");
            return true;
        }

        if (targets.Length > 1)
        {
            session.AnswersFollow();
        }

        var draft = Draft(session, request, isTagsOnly);
        foreach (var target in targets.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!await SayAsync(session, target, draft, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private MessageDraft Draft(IrcSession session, IrcRequest request, bool isTagsOnly)
    {
        var text = Encoding.UTF8.GetBytes(isTagsOnly ? "" : request[1]);
        var kind = isTagsOnly ? MessageKind.Tags : string.Equals(Word, "NOTICE", StringComparison.Ordinal) ? MessageKind.Notice : MessageKind.Text;
        if (kind == MessageKind.Text && IrcText.TryParseAction(text, out var action))
        {
            (kind, text) = (MessageKind.Action, action.ToArray());
        }

        return new MessageDraft(kind, text)
        {
            Tags = session.Has(IrcCapabilities.MessageTags) ? request.ClientTags() : default,
            Echo = session.Has(IrcCapabilities.EchoMessage),
            Label = session.ResponseTag,
        };
    }

    private async ValueTask<bool> SayAsync(IrcSession session, string target, MessageDraft draft, CancellationToken cancellationToken)
    {
        var name = target.TrimStart('@', '%', '+');
        if (IrcChannel.TryParse(name, out var room))
        {
            draft = draft with { MinRank = RankOf(target[..^name.Length]) };
            var verdict = await session.Broker.PostAsync(session.Session, room, draft, cancellationToken);
            return Told(session, verdict, target, draft);
        }

        if (!UserName.TryParse(target, out var user))
        {
            Complain(session, target is ['#', ..] ? IrcNumeric.ERR_NOSUCHCHANNEL : IrcNumeric.ERR_NOSUCHNICK, $"{target} :No such nick/channel");
            return true;
        }

        var missing = await session.Broker.SendDirectAsync(session.Session, [user], draft, cancellationToken);
        if (!Told(session, missing.Count > 0 ? Verdict.NotHere : Verdict.Accepted, target, draft))
        {
            return false;
        }

        if (missing.Count == 0 && draft.Kind is MessageKind.Text or MessageKind.Action
            && await session.Broker.FindUserAsync(user, cancellationToken) is { Actor.Profile.Away: { } away } view)
        {
            session.Numeric(IrcNumeric.RPL_AWAY, $"{view.Actor.Name.Value} :{away}");
        }

        return true;
    }

    private bool Told(IrcSession session, Verdict verdict, string target, MessageDraft draft)
    {
        switch (verdict)
        {
            case Verdict.Accepted:
                if (draft.Echo)
                {
                    session.EchoFollows();
                }

                return true;
            case Verdict.Stopping or Verdict.SignedOut:
                return false;
            case Verdict.NotInRoom:
                Complain(session, IrcNumeric.ERR_CANNOTSENDTOCHAN, $"{target} :Cannot send to channel (join it first)");
                return true;
            default:
                if (!string.Equals(Word, "NOTICE", StringComparison.Ordinal))
                {
                    IrcRefusals.Tell(session, verdict, target);
                }

                return true;
        }
    }

    /// <summary>Nothing is ever answered to a notice, so that two programs cannot keep each other busy.</summary>
    private void Complain(IrcSession session, IrcNumeric numeric, string words)
    {
        if (!string.Equals(Word, "NOTICE", StringComparison.Ordinal))
        {
            session.Numeric(numeric, words);
        }
    }

    private static MemberRank RankOf(string prefixes)
        => prefixes.Contains('+', StringComparison.Ordinal) ? MemberRank.Voice
            : prefixes.Contains('%', StringComparison.Ordinal) ? MemberRank.HalfOperator
            : prefixes.Contains('@', StringComparison.Ordinal) ? MemberRank.Operator
            : MemberRank.None;
}
