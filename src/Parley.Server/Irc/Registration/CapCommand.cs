using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>CAP LS|LIST|REQ|END</c>: negotiates what both sides can do (https://ircv3.net/specs/extensions/capability-negotiation).</summary>
internal sealed class CapCommand() : IrcCommand(
    "CAP", "LS [302] | LIST | REQ :capabilities | END", "negotiates what your client and the server both can do", minParameters: 1, isBeforeRegistration: true)
{
    /// <summary>From this version of negotiation on there are values, lists of several lines, and news.</summary>
    private const int Modern = 302;

    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        switch (request[0].ToUpperInvariant())
        {
            case "LS":
                List(session, request[1]);
                break;
            case "LIST":
                Write(session, "LIST", IrcCapabilityTable.All.Where(cap => session.Has(cap.Flag)).Select(cap => cap.Name), session.Registration.CapVersion);
                break;
            case "REQ":
                Request(session, request[1]);
                break;
            case "END":
                session.Registration.IsNegotiating = false;
                return IrcSignIn.TryCompleteAsync(session, cancellationToken);
            default:
                session.Numeric(IrcNumeric.ERR_INVALIDCAPCMD, $"{request[0].Split(' ')[0]} :Invalid CAP command");
                break;
        }

        return new(true);
    }

    private static void List(IrcSession session, string text)
    {
        var registration = session.Registration;
        registration.IsNegotiating = session.Session.User is null;
        var version = CountText.Of(text) ?? 0;
        registration.CapVersion = Math.Max(registration.CapVersion, version);
        if (version >= Modern)
        {
            session.SetCapabilities(session.Capabilities | IrcCapabilities.CapNotify);
        }

        // The answer is in the form that was asked for now, whatever else the client understands.
        Write(session, "LS", IrcCapabilityTable.All.Select(cap => IrcCapabilityTable.Offer(session, cap, version)).OfType<string>(), version);
    }

    private static void Request(IrcSession session, string wanted)
    {
        session.Registration.IsNegotiating = session.Session.User is null;
        var capabilities = session.Capabilities;
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            var isAdding = word is not ['-', ..];
            if (!IrcCapabilityTable.TryGet(isAdding ? word : word[1..], out var flag) || !MayChange(session, flag, isAdding))
            {
                Answer(session, "NAK", words);
                return;
            }

            capabilities = isAdding ? capabilities | flag : capabilities & ~flag;
        }

        if (capabilities.HasFlag(IrcCapabilities.AnyMetadata))
        {
            // They tell the same in two ways (https://github.com/ircv3/ircv3-specifications/pull/613).
            Answer(session, "NAK", words);
            return;
        }

        // It goes out the way things were: nothing changes before the client has read that it does.
        Answer(session, "ACK", words);
        session.AnswersFollow();
        var gone = session.Capabilities & ~capabilities;
        if ((gone & (IrcCapabilities.AnyMetadata | IrcCapabilities.Batch)) != IrcCapabilities.None)
        {
            session.Metadata.UnsubscribeAll();
        }

        session.SetCapabilities(capabilities);
    }

    private static bool MayChange(IrcSession session, IrcCapabilities flag, bool isAdding)
        => flag == IrcCapabilities.Sts ? false
            : isAdding ? IrcCapabilityTable.Offer(session, IrcCapabilityTable.All.First(cap => cap.Flag == flag), Modern) is not null
            : flag != IrcCapabilities.CapNotify || session.Registration.CapVersion < Modern;

    /// <summary>Repeats what was asked for; what fills a line takes two with the server's and the client's names before it.</summary>
    private static void Answer(IrcSession session, string subcommand, string[] words)
    {
        if (words.Length == 0)
        {
            session.Line($"CAP {session.Nick} {subcommand} :");
        }

        foreach (var text in IrcLists.Pack(words, Room(session, subcommand)))
        {
            session.Line($"CAP {session.Nick} {subcommand} :{text}");
        }
    }

    private static void Write(IrcSession session, string subcommand, IEnumerable<string> names, int version)
    {
        var texts = IrcLists.Pack(names, Room(session, $"{subcommand} *")).ToArray();
        if (version < Modern)
        {
            // Such a client reads one line only; what does not fit it does not learn of.
            session.Line($"CAP {session.Nick} {subcommand} :{texts.FirstOrDefault()}");
            return;
        }

        foreach (var text in texts.SkipLast(1))
        {
            session.Line($"CAP {session.Nick} {subcommand} * :{text}");
        }

        session.Line($"CAP {session.Nick} {subcommand} :{texts.LastOrDefault()}");
    }

    private static int Room(IrcSession session, string subcommand)
        => IrcFramer.MaxBodyBytes - $":{session.Context.ServerName} CAP {session.Nick} {subcommand} :".Length;
}
