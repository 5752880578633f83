using System.Globalization;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Commands;

/// <summary><c>CAP LS|LIST|REQ|END</c>: negotiates what both sides can do (https://ircv3.net/specs/extensions/capability-negotiation).</summary>
internal sealed class CapCommand() : IrcCommand("CAP", minParameters: 1, isBeforeRegistration: true)
{
    /// <summary>Bytes of names that fit into one line beside what stands before them.</summary>
    private const int MaxListBytes = 400;

    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        switch (request[0].ToUpperInvariant())
        {
            case "LS":
                List(session, request[1]);
                break;
            case "LIST":
                Write(session, "LIST", IrcCapabilityTable.All.Where(cap => session.Has(cap.Flag)).Select(cap => cap.Name), isSplit: session.Registration.CapVersion >= 302);
                break;
            case "REQ":
                Request(session, request[1]);
                break;
            case "END":
                session.Registration.IsNegotiating = false;
                return session.Registration.TryCompleteAsync(cancellationToken);
            default:
                session.Numeric(IrcNumeric.ERR_INVALIDCAPCMD, $"{request[0]} :Invalid CAP command");
                break;
        }

        return new(true);
    }

    private static void List(IrcSession session, string version)
    {
        var registration = session.Registration;
        registration.IsNegotiating = session.Session.User is null;
        if (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            registration.CapVersion = Math.Max(registration.CapVersion, number);
        }

        if (registration.CapVersion >= 302)
        {
            session.SetCapabilities(session.Capabilities | IrcCapabilities.CapNotify);
        }

        var caps = IrcCapabilityTable.All.Select(cap => IrcCapabilityTable.Offer(session, cap)).OfType<string>();
        Write(session, "LS", caps, isSplit: registration.CapVersion >= 302);
    }

    private static void Request(IrcSession session, string wanted)
    {
        session.Registration.IsNegotiating = session.Session.User is null;
        var capabilities = session.Capabilities;
        foreach (var word in wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = word.TrimStart('-');
            if (!IrcCapabilityTable.TryGet(name, out var flag) || flag == IrcCapabilities.Sts || IrcCapabilityTable.Offer(session, (name, flag)) is null)
            {
                session.Line($"CAP {session.Nick} NAK :{wanted}");
                return;
            }

            capabilities = word is ['-', ..] ? capabilities & ~flag : capabilities | flag;
        }

        if (session.Registration.CapVersion >= 302)
        {
            capabilities |= IrcCapabilities.CapNotify;
        }

        session.SetCapabilities(capabilities);
        session.Line($"CAP {session.Nick} ACK :{wanted}");
    }

    private static void Write(IrcSession session, string subcommand, IEnumerable<string> names, bool isSplit)
    {
        var line = "";
        foreach (var name in names)
        {
            if (isSplit && line.Length + name.Length >= MaxListBytes)
            {
                session.Line($"CAP {session.Nick} {subcommand} * :{line}");
                line = "";
            }

            line += line.Length == 0 ? name : $" {name}";
        }

        session.Line($"CAP {session.Nick} {subcommand} :{line}");
    }
}
