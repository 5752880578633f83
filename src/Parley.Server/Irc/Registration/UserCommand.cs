using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Registration;

/// <summary><c>USER user 0 * :real name</c>: who the client says it is (https://modern.ircdocs.horse/#user-message).</summary>
internal sealed class UserCommand() : IrcCommand(
    "USER", "user 0 * :real name", "says who you are when you come", minParameters: 4, isBeforeRegistration: true)
{
    /// <summary>The user name of those whose own has no character that can stand in a source.</summary>
    private const string StandIn = "user";

    public override async ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (session.Session.User is not null)
        {
            session.Numeric(IrcNumeric.ERR_ALREADYREGISTERED, ":You may not reregister");
            return true;
        }

        var ident = new string([.. request[0].Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')]);
        if (request[0].Length == 0 || string.IsNullOrWhiteSpace(request[3]))
        {
            session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, "USER :Not enough parameters");
            return true;
        }

        if (ident.Length == 0)
        {
            // There are scripts without an ASCII letter, and nobody chooses the user name of a computer for IRC's sake.
            ident = StandIn;
        }

        // The tilde says that nobody but the client vouches for it.
        session.Registration.Ident = "~" + ident[..Math.Min(ident.Length, IrcLimits.Ident - 1)];
        session.Registration.RealName = IrcTexts.Cut(request[3], IrcLimits.RealName);
        return await IrcSignIn.TryCompleteAsync(session, cancellationToken);
    }
}
