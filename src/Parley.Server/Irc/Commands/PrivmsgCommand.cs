using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary>
/// <c>PRIVMSG target{,target} :text</c>, <c>NOTICE</c> and <c>TAGMSG</c>: says something, in rooms or to users
/// (https://modern.ircdocs.horse/#privmsg-message, https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message).
/// </summary>
internal sealed class PrivmsgCommand(string word, MessageKind kind) : IrcCommand(word)
{
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
        if (kind == MessageKind.Tags && !session.Has(IrcCapabilities.MessageTags))
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return true;
        }

        if (session.Multiline.TryTake(request))
        {
            return true;
        }

        var draft = Draft(session, request);
        var targets = IrcTexts.List(request[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (targets.Length == 0)
        {
            IrcSpeech.Complain(session, draft, IrcNumeric.ERR_NORECIPIENT, $":No recipient given ({Word})");
        }
        else if (kind != MessageKind.Tags && request[1].Length == 0)
        {
            IrcSpeech.Complain(session, draft, IrcNumeric.ERR_NOTEXTTOSEND, ":No text to send");
        }
        else if (targets.Length > session.Context.Options.MaxRecipients)
        {
            IrcSpeech.Complain(
                session, draft, IrcNumeric.ERR_TOOMANYTARGETS, $"{targets[^1]} :Too many recipients (at most {session.Context.Options.MaxRecipients})");
        }
        else if (kind != MessageKind.Tags || !draft.Tags.IsEmpty || !request.HasClientTags)
        {
            return await SayAsync(session, targets, draft, cancellationToken);
        }

        return true;
    }

    private static async ValueTask<bool> SayAsync(IrcSession session, string[] targets, MessageDraft draft, CancellationToken cancellationToken)
    {
        if (targets.Length > 1)
        {
            session.AnswersFollow();
        }

        foreach (var target in targets)
        {
            if (!await IrcSpeech.SayAsync(session, target, draft, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private MessageDraft Draft(IrcSession session, IrcRequest request)
    {
        var text = kind == MessageKind.Tags ? [] : Encoding.UTF8.GetBytes(request[1]);
        var tags = session.Has(IrcCapabilities.MessageTags) ? session.Context.ClientTags.Allowed(request.Tags) : default;
        return IrcSpeech.Draft(session, kind, text, tags);
    }
}
