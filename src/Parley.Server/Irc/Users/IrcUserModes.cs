using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Users;

/// <summary>Modes that a client can set on its own user (https://modern.ircdocs.horse/#user-modes).</summary>
internal static class IrcUserModes
{
    /// <summary>The letters there are.</summary>
    public const string Letters = "Biow";

    private static readonly IrcModeClasses Classes = new(Flags: Letters);

    /// <summary>Carries out <c>MODE nick [modes]</c>. False ends the conversation.</summary>
    public static async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!UserName.TryParse(request[0], out var name) || await session.LookAsync(new FindUser(name), cancellationToken) is null)
        {
            session.Numeric(IrcNumeric.ERR_NOSUCHNICK, $"{request[0].Split(' ')[0]} :No such nick/channel");
            return true;
        }

        if (name != session.Self.Name)
        {
            session.Numeric(IrcNumeric.ERR_USERSDONTMATCH, ":Cannot see or change modes of other users");
            return true;
        }

        if (request.Count < 2)
        {
            session.Numeric(IrcNumeric.RPL_UMODEIS, Text(session));
            return true;
        }

        return await ChangeAsync(session, IrcModeParser.Parse(request[1], [], Classes), cancellationToken);
    }

    /// <summary>Returns the modes that are set, as <c>+iw</c>.</summary>
    public static string Text(IrcSession session)
    {
        var profile = session.Self.Profile;
        return "+" + (profile.IsBot ? "B" : "") + (profile.IsInvisible ? "i" : "") + (profile.IsOperator ? "o" : "") + (session.WantsWallops ? "w" : "");
    }

    /// <summary>Tells a client what has become of its modes.</summary>
    public static void Tell(IrcSession session, string modes) => session.Line($":{IrcEvents.Source(session.Self)} MODE {session.Nick} :{modes}");

    /// <summary>Tells a client what others are shown in place of its address, now that it has changed.</summary>
    public static void TellHost(IrcSession session)
        => session.Numeric(IrcNumeric.RPL_VISIBLEHOST, $"{session.Self.Profile.Host} :is now your displayed host");

    private static async ValueTask<bool> ChangeAsync(IrcSession session, IReadOnlyList<IrcModeChange> wanted, CancellationToken cancellationToken)
    {
        var own = session.Self.Profile;
        var (profile, wantsWallops) = (own, session.WantsWallops);
        var applied = new List<IrcModeChange>();
        foreach (var change in wanted.Where(change => change.Kind == IrcModeChangeKind.Change))
        {
            var before = (profile, wantsWallops);
            switch (change.Mode)
            {
                case 'B':
                    profile = profile with { IsBot = change.IsAdding };
                    break;
                case 'i':
                    profile = profile with { IsInvisible = change.IsAdding };
                    break;
                case 'o' when !change.IsAdding:
                    // An operator's host goes with what it stood for. To become one takes OPER.
                    profile = profile.WithoutRights();
                    break;
                case 'w':
                    wantsWallops = change.IsAdding;
                    break;
            }

            if (before != (profile, wantsWallops))
            {
                applied.Add(change);
            }
        }

        session.WantsWallops = wantsWallops;
        var isMoved = !string.Equals(profile.Host, own.Host, StringComparison.Ordinal);
        if (isMoved)
        {
            session.AnswersFollow();
        }

        if (profile != own && await session.AskAsync(new UpdateProfile(profile, own), cancellationToken) != Verdict.Accepted)
        {
            return false;
        }

        if (applied.Count > 0)
        {
            Tell(session, IrcModeWriter.Format(applied));
        }

        if (isMoved)
        {
            TellHost(session);
        }

        if (wanted.Any(change => change.Kind == IrcModeChangeKind.Unknown))
        {
            session.Numeric(IrcNumeric.ERR_UMODEUNKNOWNFLAG, $":Unknown MODE flag (there are {Letters})");
        }

        return true;
    }
}
