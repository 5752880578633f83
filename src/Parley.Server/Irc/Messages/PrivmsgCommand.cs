using System.Text;
using Parley.Core.Events;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Messages;

/// <summary>
/// <c>PRIVMSG target{,target} :text</c>, <c>NOTICE</c> and <c>TAGMSG</c>: says something, in rooms or to users
/// (https://modern.ircdocs.horse/#privmsg-message, https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message).
/// </summary>
internal sealed class PrivmsgCommand(string word, MessageKind kind, string parameters, string summary) : IrcCommand(word, parameters, summary)
{
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
